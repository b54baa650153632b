import { readAlarm } from './alarms.js';
import { anchorOf, type CalendarItem } from './calendar-item.js';
import { addDuration, type CalendarTime, instantOf } from './calendar-time.js';
import type { Component } from './component-tree.js';
import { propertyOf } from './component-tree.js';
import { nominalSeconds } from './duration.js';
import { observersBehind } from './facts.js';
import { lengthOf } from './item-length.js';
import { utc } from './zone.js';

/**
 * By how many seconds a VALARM first goes off after the start of its component: 0 at the start, less before it; null
 * where one of the two has no time. A DATE or floating start has no instant of its own: against an absolute trigger it
 * is taken where it is latest on Earth, so that no reminder counts as late which is in time for somebody.
 */
export function reminderDelay(component: Component, item: CalendarItem): number | null {
  const alarm = readAlarm(component, item.start?.zone ?? utc);
  const start = anchorOf(item);
  if (alarm === null || start === null) return null;
  if (alarm.absolute !== null) return alarm.absolute - instantOf(start, utc) - slackOf(component, start);
  if (alarm.trigger === null) return null;
  // The hours of the clock decide: "a day later" is late also on the day when the clock changes.
  return nominalSeconds(alarm.trigger) + (alarm.fromEnd ? lengthInSeconds(item, start) : 0);
}

function slackOf(component: Component, start: CalendarTime): number {
  if (start.zone !== null) return 0;
  const floats = !/Z$/i.test(propertyOf(component, 'TRIGGER')?.value.trim() ?? '');
  return floats ? 0 : observersBehind;
}

function lengthInSeconds(item: CalendarItem, start: CalendarTime): number {
  const length = lengthOf(item, utc);
  return length === null ? 0 : instantOf(addDuration(start, length), utc) - instantOf(start, utc);
}
