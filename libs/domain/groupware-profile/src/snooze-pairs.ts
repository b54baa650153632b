import {
  type Component,
  formatInstant,
  mozillaAckOf,
  type MozillaSnooze,
  mozillaSnoozesOf,
  objectParts,
} from '@almanac/icalendar';
import { acknowledgedOf, type SnoozeAlarm, snoozeAlarmsOf } from './alarm-dialects.js';
import type { Draft } from './profile-rule.js';

/** A snooze with the component that it stands in. */
export interface Held<T> {
  readonly holder: Component;
  readonly snooze: T;
}

/** A snooze of one dialect and one of the other are the same when they name the same time. */
export interface SnoozeTimes {
  readonly mozilla: ReadonlySet<number>;
  readonly standard: ReadonlySet<number>;
}

export function snoozeTimes({ root }: Draft): SnoozeTimes {
  const parts = objectParts(root);
  return {
    mozilla: new Set(parts.flatMap(mozillaSnoozesOf).map(({ time }) => time)),
    standard: new Set(parts.flatMap(snoozeAlarmsOf).map(({ time }) => time)),
  };
}

/** The times that both ways of writing name. */
export function sharedSnoozes(draft: Draft): readonly number[] {
  const { mozilla, standard } = snoozeTimes(draft);
  return [...mozilla].filter((time) => standard.has(time)).sort((a, b) => a - b);
}

/** Thunderbird's snoozes that no VALARM tells, without those that are over and mean nothing to anybody. */
export function mozillaOnly(draft: Draft): readonly Held<MozillaSnooze>[] {
  const { standard } = snoozeTimes(draft);
  return objectParts(draft.root).flatMap((holder) =>
    mozillaSnoozesOf(holder)
      .filter(({ time }) => !standard.has(time) && time > (mozillaAckOf(holder) ?? -Infinity))
      .map((snooze) => ({ holder, snooze })),
  );
}

/** Snooze alarms that Thunderbird is not told of, without those that are over. */
export function standardOnly(draft: Draft): readonly Held<SnoozeAlarm>[] {
  const { mozilla } = snoozeTimes(draft);
  return objectParts(draft.root).flatMap((holder) =>
    snoozeAlarmsOf(holder)
      .filter(({ time }) => !mozilla.has(time) && time > (acknowledgedOf(holder) ?? -Infinity))
      .map((snooze) => ({ holder, snooze })),
  );
}

/** What a person is told of a translation. */
export const saidOfSnooze = (time: number): string =>
  `The reminder put off to ${formatInstant(time)} was also written as other programs read it.`;
