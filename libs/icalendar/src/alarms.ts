import { anchorOf } from './calendar-item.js';
import { instantOf, readPlainTime } from './calendar-time.js';
import { DAY } from './civil-date.js';
import type { CalendarObject } from './calendar-object.js';
import type { Component } from './component-tree.js';
import { propertyOf } from './component-tree.js';
import { parameterOf } from './content-line.js';
import { type Duration, nominalSeconds, readDuration } from './duration.js';
import { type Instance, instancesWithin, type InstantWindow } from './instances.js';
import type { TimeRange } from './filter.js';
import type { Zone } from './zone.js';

/** When a VALARM goes off (RFC 5545 3.6.6): relative to an instance or at an instant, then `repeat` times more. */
export interface Alarm {
  readonly component: Component;
  readonly trigger: Duration | null;
  readonly fromEnd: boolean;
  readonly absolute: number | null;
  readonly repeat: number;
  readonly every: number;
}

/** Nobody is reminded more often than this; a larger REPEAT is read as if it said so. */
const MAX_REPEAT = 1_000;

/** Reads a VALARM; an absolute trigger without a Z is read in the observer's zone. */
export function readAlarm(component: Component, observer: Zone): Alarm | null {
  const trigger = propertyOf(component, 'TRIGGER');
  if (trigger === undefined) return null;
  const isAbsolute = /^\d{8}/.test(trigger.value.trim());
  const repeat = Number(propertyOf(component, 'REPEAT')?.value ?? 0);
  const every = propertyOf(component, 'DURATION');
  return {
    component,
    trigger: isAbsolute ? null : readDuration(trigger.value, trigger.line),
    fromEnd: parameterOf(trigger, 'RELATED')?.toUpperCase() === 'END',
    absolute: isAbsolute ? instantOf(readPlainTime(trigger.value, 'TRIGGER', trigger.line), observer) : null,
    repeat: every === undefined ? 0 : Math.min(Math.max(0, repeat), MAX_REPEAT),
    every: every === undefined ? 0 : nominalSeconds(readDuration(every.value, every.line)),
  };
}

/** The instants at which an alarm goes off for one instance, sorted; none where the instance has no time. */
export function alarmInstants(alarm: Alarm, instance: Instance, observer: Zone): readonly number[] {
  const first = alarm.absolute ?? relativeInstant(alarm, instance, observer);
  if (first === null) return [];
  return Array.from({ length: alarm.repeat + 1 }, (_, index) => first + index * alarm.every);
}

/** The window in which an instance must lie for its alarm to go off in `window`. */
export function alarmWindow(alarm: Alarm, { from, to }: InstantWindow): InstantWindow {
  if (alarm.absolute !== null) return { from: -Infinity, to: Infinity };
  const offset = alarm.trigger === null ? 0 : nominalSeconds(alarm.trigger);
  // A nominal day may be an hour or two off.
  return { from: from - offset - alarm.repeat * alarm.every - DAY, to: to - offset + DAY };
}

/** All instants in `[start, end)` at which an alarm of the object goes off, sorted, without doubles. */
export function alarmsWithin(object: CalendarObject, range: Required<TimeRange>, observer: Zone): readonly number[] {
  const window = { from: range.start, to: range.end };
  const items =
    object.series.master === null ? object.series.overrides : [object.series.master, ...object.series.overrides];
  const found = items.flatMap((item) =>
    alarmsOf(item.component, observer).flatMap((alarm) =>
      instancesWithin(object.series, alarmWindow(alarm, window), observer)
        .filter((instance) => instance.item === item)
        .slice(0, alarm.absolute === null ? undefined : 1)
        .flatMap((instance) => alarmInstants(alarm, instance, observer)),
    ),
  );
  const inside = found.filter((instant) => instant >= range.start && instant < range.end);
  return [...new Set(inside)].sort((a, b) => a - b);
}

/** The alarms of a component. */
export function alarmsOf(component: Component, observer: Zone): readonly Alarm[] {
  return component.components
    .filter(({ name }) => name === 'VALARM')
    .map((alarm) => readAlarm(alarm, observer))
    .filter((alarm) => alarm !== null);
}

function relativeInstant({ trigger, fromEnd }: Alarm, instance: Instance, observer: Zone): number | null {
  const base = fromEnd ? (instance.end ?? instance.start) : (instance.start ?? instance.end);
  if (base === null || trigger === null) return null;
  if (trigger.days === 0) return base + trigger.seconds;
  const zone = anchorOf(instance.item)?.zone ?? observer;
  return zone.toInstant(zone.toLocal(base) + trigger.days * DAY) + trigger.seconds;
}
