import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { formatDate, formatWall } from './calendar-time.js';
import { type CalendarObject, readCalendarObject } from './calendar-object.js';
import { matches } from './comp-filter.js';
import type { TimeRange } from './filter.js';
import { indexedMatch } from './indexed-match.js';
import { occurrencesWithin } from './occurrences.js';
import { utc, type Zone, zoneById } from './zone.js';

const DAY = 86_400;
const BASE = Date.UTC(2025, 2, 20) / 1000;

function read(...lines: string[]): CalendarObject {
  const object = readCalendarObject(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\n'));
  if (isCalendarFault(object)) throw new Error(object.reason);
  return object;
}

const byFilter = (object: CalendarObject, timeRange: TimeRange, observer: Zone) =>
  matches(
    object,
    {
      name: 'VCALENDAR',
      propFilters: [],
      compFilters: [{ name: 'VEVENT', timeRange, propFilters: [], compFilters: [] }],
    },
    observer,
  );

const hours = (max: number) => fc.integer({ min: 0, max });
const events = fc.record({
  form: fc.constantFrom('date', 'floating', 'utc', 'Europe/Berlin', 'America/New_York'),
  start: hours(30 * 24),
  length: hours(60),
  rule: fc.constantFrom(
    '',
    'FREQ=DAILY;COUNT=9',
    'FREQ=WEEKLY',
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=MONTHLY;BYDAY=-1FR',
    'FREQ=HOURLY;INTERVAL=5;COUNT=30',
  ),
  moved: fc.option(hours(40 * 24)),
  range: fc.tuple(hours(90 * 24), hours(10 * 24), fc.constantFrom('both', 'start', 'end')),
  observer: fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Kiritimati', 'America/Los_Angeles'),
  horizon: fc.tuple(hours(20 * 24), hours(90 * 24)),
});

type Given = typeof events extends fc.Arbitrary<infer T> ? T : never;

function eventOf({ form, start, length, rule, moved }: Given): CalendarObject {
  const time = (name: string, wall: number) => {
    if (form === 'date') return `${name};VALUE=DATE:${formatDate(wall)}`;
    if (form === 'floating') return `${name}:${formatWall(wall)}`;
    return form === 'utc' ? `${name}:${formatWall(wall)}Z` : `${name};TZID=${form}:${formatWall(wall)}`;
  };
  const at = BASE + start * 3600;
  const body = [time('DTSTART', at), time('DTEND', at + length * 3600 * (form === 'date' ? 24 : 1))];
  const master = ['BEGIN:VEVENT', 'UID:u', ...body, ...(rule === '' ? [] : [`RRULE:${rule}`]), 'END:VEVENT'];
  if (moved === null || rule === '') return read(...master);
  return read(
    ...master,
    'BEGIN:VEVENT',
    'UID:u',
    time('RECURRENCE-ID', at),
    time('DTSTART', BASE + moved * 3600),
    'END:VEVENT',
  );
}

function rangeOf([from, length, sides]: Given['range']): TimeRange {
  const start = BASE + from * 3600;
  const end = start + (length + 1) * 3600;
  if (sides === 'both') return { start, end };
  return sides === 'start' ? { start } : { end };
}

describe('indexedMatch', () => {
  test('says what the filter says of the object itself, unless it is unknown', () => {
    const seen = { yes: 0, no: 0, unknown: 0 };
    fc.assert(
      fc.property(events, (given) => {
        const object = eventOf(given);
        const observer = zoneById(given.observer) as Zone;
        const range = rangeOf(given.range);
        const from = BASE + given.horizon[0] * 3600;
        const occurrences = occurrencesWithin(object, from, from + given.horizon[1] * 3600);
        const answer = indexedMatch(
          object.facts,
          { ...occurrences, spans: Float64Array.from(occurrences.spans) },
          range,
          observer,
        );
        seen[answer]++;
        if (answer !== 'unknown') expect(answer).toBe(byFilter(object, range, observer) ? 'yes' : 'no');
      }),
      { numRuns: 3000 },
    );
    expect(Math.min(seen.yes, seen.no, seen.unknown)).toBeGreaterThan(100);
  });

  test('knows all within the horizon', () => {
    fc.assert(
      fc.property(events, (given) => {
        const object = eventOf(given);
        const occurrences = occurrencesWithin(object, BASE - 1000 * DAY, BASE + 1000 * DAY);
        const range = rangeOf([given.range[0], given.range[1], 'both']);
        expect(indexedMatch(object.facts, occurrences, range, zoneById(given.observer) as Zone)).not.toBe('unknown');
      }),
      { numRuns: 500 },
    );
  });

  test('the bounds of the facts hold whatever matches', () => {
    fc.assert(
      fc.property(events, (given) => {
        const { facts, ...object } = eventOf(given);
        const range = rangeOf(given.range);
        const outside =
          (facts.start !== null && facts.start > (range.end ?? Infinity)) ||
          (facts.end !== null && facts.end < (range.start ?? -Infinity));
        // Without bounds the search itself finds what there is.
        const unbounded = { ...object, facts: { ...facts, start: null, end: null } };
        if (outside) expect(byFilter(unbounded, range, zoneById(given.observer) as Zone)).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  test('leaves tasks, mixed clocks and missing occurrences to the object', () => {
    const task = read('BEGIN:VTODO', 'UID:u', 'END:VTODO');
    const mixed = read('BEGIN:VEVENT', 'UID:u', 'DTSTART:20250105T100000', 'DTEND:20250105T110000Z', 'END:VEVENT');
    const plain = read('BEGIN:VEVENT', 'UID:u', 'DTSTART:20250105T100000Z', 'END:VEVENT');
    const none = { from: -Infinity, to: Infinity, spans: [] };
    expect(indexedMatch(task.facts, none, {}, utc)).toBe('unknown');
    expect(indexedMatch(mixed.facts, none, {}, utc)).toBe('unknown');
    expect(indexedMatch(plain.facts, null, {}, utc)).toBe('unknown');
    expect(indexedMatch(plain.facts, null, { start: BASE }, utc)).toBe('no');
  });
});
