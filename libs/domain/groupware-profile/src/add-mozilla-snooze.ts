import {
  type Component,
  formatInstant,
  isOverride,
  lastInstanceBy,
  latestStamp,
  masterOf,
  mozillaAckOf,
  mozillaSnoozeName,
  mozillaSnoozesOf,
  newProperty,
  propertyOf,
  putProperty,
  readCalendarItem,
  recurrenceIdentity,
  reminderDelay,
} from '@almanac/icalendar';
import { acknowledged, ownAlarmsOf, type SnoozeAlarm } from './alarm-dialects.js';
import { partsByInstance } from './parts-by-instance.js';
import { type Draft, rewriteEach } from './profile-rule.js';
import { type Held, saidOfSnooze } from './snooze-pairs.js';

/** A snooze alarm as Thunderbird reads it: on the master, with the instance in its name. */
export function addMozillaSnooze(draft: Draft, { holder, snooze }: Held<SnoozeAlarm>): Draft {
  const key = recurrenceIdentity(holder, draft);
  const target = masterOf(draft.root) ?? partsByInstance(draft).get(key);
  const occurrence = isOverride(holder) ? key : occurrenceOf(holder, snooze, draft);
  return rewriteEach(draft, 'R5', (part, say) => {
    const name = mozillaSnoozeName(occurrence);
    if (part !== target || isTaken(part, name)) return part;
    say(saidOfSnooze(snooze.time));
    return putProperty(part, newProperty(name, formatInstant(snooze.time)));
  });
}

/** Thunderbird has one snooze for an instance: another that is still to come keeps its place. */
function isTaken(part: Component, name: string): boolean {
  const ack = mozillaAckOf(part) ?? -Infinity;
  return mozillaSnoozesOf(part).some((other) => other.name === name && other.time > ack);
}

/** In a series the alarm does not say which instance was put off: it is the last whose reminder had gone off by then. */
function occurrenceOf(master: Component, { of, time }: SnoozeAlarm, draft: Draft): number | null {
  const original = ownAlarmsOf(master).find((alarm) => propertyOf(alarm, 'UID')?.value.trim() === of);
  const answered = (original === undefined ? null : latestStamp(original, acknowledged)) ?? time;
  const delay = original === undefined ? 0 : (reminderDelay(original, readCalendarItem(master, draft.zones)) ?? 0);
  return lastInstanceBy(answered - delay, draft);
}
