import { refuse } from './calendar-fault.js';
import { readPlainTime } from './calendar-time.js';
import { daysOfDate, DAY, yearOfWall } from './civil-date.js';
import type { Component } from './component-tree.js';
import { propertiesOf, propertyOf } from './component-tree.js';
import type { OffsetAt } from './offset-zone.js';
import { readRecurrenceRule } from './recurrence-rule.js';
import { instancesPerDay } from './rule-density.js';
import { type AnchoredRule, ruleWalls } from './rule-walls.js';

/** What a VTIMEZONE says (RFC 5545 3.6.5), as offsets. `since` is the first instant of which it says anything. */
export interface TimezoneRules {
  readonly offsetAt: OffsetAt;
  readonly since: number;
}

interface Observance {
  readonly offsetFrom: number;
  readonly offsetTo: number;
  readonly starts: readonly number[];
  readonly rules: readonly AnchoredRule[];
}

/** Outlook begins its rules in 1601; onsets before this year are never asked for. */
const FIRST_YEAR = 1950;
/** The span of years that is computed on the first question. */
const AHEAD = 2050;
/** No law changes the clock more often by one rule; a denser rule would only cost time. */
const MAX_ONSETS_A_YEAR = 2;
/** The longest history of a zone in the IANA list has some hundred parts. */
const MAX_PARTS = 200;

/** Compiles a VTIMEZONE; refuses one without TZID, observances, DTSTART, TZOFFSETFROM or TZOFFSETTO. */
export function readTimezoneRules(timezone: Component): TimezoneRules {
  if ((propertyOf(timezone, 'TZID')?.value ?? '') === '') refuse('Give the VTIMEZONE a TZID.', timezone.line);
  const observances = timezone.components
    .filter(({ name }) => name === 'STANDARD' || name === 'DAYLIGHT')
    .map(readObservance);
  if (observances.length === 0) refuse('Give the VTIMEZONE a STANDARD or DAYLIGHT part.', timezone.line);
  if (observances.length > MAX_PARTS) refuse(`Give the VTIMEZONE at most ${MAX_PARTS} parts.`, timezone.line);
  const onsets = growingOnsets(observances);
  return {
    since: firstOnset(observances),
    offsetAt: (instant) => offsetFrom(onsets(yearOfWall(instant)), instant),
  };
}

function firstOnset(observances: readonly Observance[]): number {
  // A spread into Math.min would overflow the stack on a hostile list.
  let first = Infinity;
  for (const { starts, offsetFrom: before } of observances) {
    for (const wall of starts) first = Math.min(first, wall - before);
  }
  return first;
}

interface Onset {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** Onsets up to a year, computed on the first question; asked for a later one, the list is made anew with half a century to spare. */
function growingOnsets(observances: readonly Observance[]): (year: number) => readonly Onset[] {
  let reach = 0;
  let onsets: readonly Onset[] = [];
  return (year) => {
    if (reach === 0 || (year >= reach && reach < 9999)) {
      reach = year < AHEAD ? AHEAD : Math.min(9999, year + 50);
      onsets = onsetsUntil(observances, reach);
    }
    return onsets;
  };
}

function onsetsUntil(observances: readonly Observance[], year: number): readonly Onset[] {
  const from = daysOfDate(FIRST_YEAR, 1, 1) * DAY;
  const to = daysOfDate(year, 12, 31) * DAY;
  const onsets = observances.flatMap(({ offsetFrom: before, offsetTo: after, starts, rules }) => {
    const repeated = rules.flatMap((rule) => ruleWalls(rule, from, to));
    return [...new Set([...starts, ...repeated])].map((wall) => ({ at: wall - before, before, after }));
  });
  return onsets.sort((a, b) => a.at - b.at);
}

function offsetFrom(onsets: readonly Onset[], instant: number): number {
  let low = 0;
  let high = onsets.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((onsets[middle] as Onset).at <= instant) low = middle + 1;
    else high = middle;
  }
  return low > 0 ? (onsets[low - 1] as Onset).after : (onsets[0]?.before ?? 0);
}

function readObservance(observance: Component): Observance {
  const start = propertyOf(observance, 'DTSTART');
  if (start === undefined) refuse(`Give the ${observance.name} part a DTSTART.`, observance.line);
  const anchor = readPlainTime(start.value, 'DTSTART', start.line).wall;
  const offsetFrom = readOffset(observance, 'TZOFFSETFROM');
  const dates = propertiesOf(observance, 'RDATE').flatMap(({ value, line }) =>
    value.split(',').map((item) => readPlainTime(item.split('/')[0] as string, 'RDATE', line).wall),
  );
  const rules = propertiesOf(observance, 'RRULE').map(({ value, line }) => {
    const rule = readRecurrenceRule(value, line);
    if (rule.frequency !== 'YEARLY' || instancesPerDay(rule) > 1) refuse('Let the onsets repeat by FREQ=YEARLY.', line);
    const anchored = { rule, anchor, untilWall: untilWallOf(rule.until, offsetFrom), isDate: false };
    const inOneYear = ruleWalls(anchored, anchor, anchor + 366 * DAY).length;
    if (inOneYear > MAX_ONSETS_A_YEAR + 1) refuse(`Let a rule give at most ${MAX_ONSETS_A_YEAR} onsets a year.`, line);
    return anchored;
  });
  return { offsetFrom, offsetTo: readOffset(observance, 'TZOFFSETTO'), starts: [anchor, ...dates], rules };
}

/** UNTIL of an observance is UTC and its onset times are wall times before the change (RFC 5545 3.6.5). */
function untilWallOf(until: ReturnType<typeof readRecurrenceRule>['until'], offsetFrom: number): number | null {
  if (until === null) return null;
  return until.kind === 'zoned' ? until.wall + offsetFrom : until.wall + (until.kind === 'date' ? DAY - 1 : 0);
}

function readOffset(observance: Component, name: string): number {
  const property = propertyOf(observance, name);
  if (property === undefined) refuse(`Give the ${observance.name} part a ${name}.`, observance.line);
  const found = /^([+-])(\d\d)(\d\d)(\d\d)?$/.exec(property.value.trim());
  if (found === null || Number(found[2]) > 23 || Number(found[3]) > 59) {
    refuse(`Write ${name} as in +0100 in place of "${property.value.slice(0, 20)}".`, property.line);
  }
  const size = Number(found[2]) * 3600 + Number(found[3]) * 60 + Number(found[4] ?? 0);
  return found[1] === '-' ? -size : size;
}
