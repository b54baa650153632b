import { formatWall } from '../calendar-time.js';
import type { Component } from '../component-tree.js';
import { newProperty } from '../new-property.js';
import { timezonesIn } from '../calendar-tree.js';
import { utc } from '../zone.js';
import type { ChangedTimes } from './change-component.js';

/** Years of transitions that are written one by one, from the year before the first time on. */
const YEARS = 6;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/**
 * A VTIMEZONE for a zone of the IANA list (RFC 5545 3.6.5), exact from the year before `wall` on as long as today's law holds:
 * what repeats every year is a rule, everything else is written one by one.
 */
export function timezoneComponent(id: string, wall: number): Component {
  const from = Temporal.Instant.fromEpochMilliseconds(wall * 1000 - 366 * 86_400_000).toZonedDateTimeISO(id);
  const transitions = transitionsFrom(from, from.year + YEARS);
  const kinds = new Map<string, Temporal.ZonedDateTime[]>();
  for (const each of transitions) kinds.set(keyOf(each), [...(kinds.get(keyOf(each)) ?? []), each]);
  const parts = [...kinds.values()].flatMap((same) =>
    isYearly(same)
      ? [observance(same[0] as Temporal.ZonedDateTime, ruleOf(same))]
      : same.map((each) => observance(each)),
  );
  return {
    name: 'VTIMEZONE',
    line: 0,
    properties: [newProperty('TZID', id)],
    components: parts.length > 0 ? parts : [standing(from)],
  };
}

/** The calendar with the VTIMEZONEs that it lacks for the zones of changed times. */
export function withTimezones(root: Component, { start, end }: ChangedTimes): Component {
  const times = [start, end].filter((time) => time != null);
  const known = timezonesIn(root);
  const named = new Set(times.flatMap(({ zone }) => (zone === null || zone === utc ? [] : zone.id)));
  const missing = [...named].filter((id) => !known.has(id));
  const wall = times[0]?.wall ?? 0;
  return { ...root, components: [...missing.map((id) => timezoneComponent(id, wall)), ...root.components] };
}

function transitionsFrom(from: Temporal.ZonedDateTime, lastYear: number): readonly Temporal.ZonedDateTime[] {
  const first = from.getTimeZoneTransition('previous');
  const found = first === null ? [] : [first];
  for (let at = from.getTimeZoneTransition('next'); at !== null && at.year < lastYear; ) {
    found.push(at);
    at = at.getTimeZoneTransition('next');
  }
  return found;
}

const before = (at: Temporal.ZonedDateTime) => at.subtract({ nanoseconds: 1 });
/** The wall of a transition is read on the clock before it (RFC 5545 3.6.5). */
const wallOf = (at: Temporal.ZonedDateTime) => at.epochMilliseconds / 1000 + before(at).offsetNanoseconds / 1e9;
const keyOf = (at: Temporal.ZonedDateTime) => `${before(at).offset} ${at.offset}`;

function placeOf(at: Temporal.ZonedDateTime) {
  const { month, day, dayOfWeek, daysInMonth } = new Temporal.PlainDateTime(1970, 1, 1).add({ seconds: wallOf(at) });
  const isLast = day > daysInMonth - 7;
  return { month, text: `${isLast ? -1 : Math.ceil(day / 7)}${WEEKDAYS[dayOfWeek - 1]}` };
}

function isYearly(same: readonly Temporal.ZonedDateTime[]): boolean {
  const places = new Set(same.map((at) => `${placeOf(at).month} ${placeOf(at).text} ${wallOf(at) % 86_400}`));
  return places.size === 1 && same.length >= YEARS - 1;
}

function ruleOf([first]: readonly Temporal.ZonedDateTime[]): string {
  const { month, text } = placeOf(first as Temporal.ZonedDateTime);
  return `FREQ=YEARLY;BYMONTH=${month};BYDAY=${text}`;
}

function observance(at: Temporal.ZonedDateTime, rule?: string): Component {
  const isDaylight = at.offsetNanoseconds > before(at).offsetNanoseconds;
  return part(isDaylight, [
    ['DTSTART', formatWall(wallOf(at))],
    ['TZOFFSETFROM', offsetText(before(at))],
    ['TZOFFSETTO', offsetText(at)],
    ...(rule === undefined ? [] : ([['RRULE', rule]] as const)),
  ]);
}

const standing = (at: Temporal.ZonedDateTime): Component =>
  part(false, [
    ['DTSTART', '19700101T000000'],
    ['TZOFFSETFROM', offsetText(at)],
    ['TZOFFSETTO', offsetText(at)],
  ]);

const part = (isDaylight: boolean, properties: readonly (readonly [string, string])[]): Component => ({
  name: isDaylight ? 'DAYLIGHT' : 'STANDARD',
  line: 0,
  properties: properties.map(([name, value]) => newProperty(name, value)),
  components: [],
});

const offsetText = ({ offset }: Temporal.ZonedDateTime): string => offset.replaceAll(':', '');
