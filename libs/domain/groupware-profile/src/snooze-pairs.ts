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

/** Nobody puts off more at a time; each costs a search through the series. */
const MAX_TRANSLATED = 20;

/** Thunderbird's snoozes that no VALARM tells, without those that are over and mean nothing to anybody. */
export function mozillaOnly(draft: Draft): readonly Held<MozillaSnooze>[] {
  return missingFrom(snoozeTimes(draft).standard, draft, mozillaSnoozesOf, mozillaAckOf);
}

/** Snooze alarms that Thunderbird is not told of, without those that are over. */
export function standardOnly(draft: Draft): readonly Held<SnoozeAlarm>[] {
  return missingFrom(snoozeTimes(draft).mozilla, draft, snoozeAlarmsOf, acknowledgedOf);
}

function missingFrom<T extends { readonly time: number }>(
  others: ReadonlySet<number>,
  { root }: Draft,
  snoozesOf: (holder: Component) => readonly T[],
  ackOf: (holder: Component) => number | null,
): readonly Held<T>[] {
  const found = objectParts(root).flatMap((holder) => {
    const ack = ackOf(holder) ?? -Infinity;
    const missing = snoozesOf(holder).filter(({ time }) => time > ack && !others.has(time));
    return missing.map((snooze) => ({ holder, snooze }));
  });
  return found.length > MAX_TRANSLATED ? [] : found;
}

/** What a person is told of a translation. */
export const saidOfSnooze = (time: number): string =>
  `The reminder put off to ${formatInstant(time)} was also written as other programs read it.`;
