import { expect, it } from 'vitest';
import { readRepetition, weekdayOf, writeRepetition } from './recurrence.js';

it.each([
  'FREQ=DAILY',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
  'FREQ=MONTHLY;COUNT=5',
  'FREQ=YEARLY;UNTIL=20270131T235959Z',
])('%s comes back as it is', (rule) => {
  const read = readRepetition(rule);
  expect(read === null ? null : writeRepetition(read, false)).toBe(rule);
});

it('the last day of whole days is a day', () => {
  const read = readRepetition('FREQ=DAILY;UNTIL=20270131');
  expect(read === null ? null : writeRepetition(read, true)).toBe('FREQ=DAILY;UNTIL=20270131');
});

it.each(['FREQ=MONTHLY;BYDAY=2TU', 'FREQ=DAILY;BYHOUR=9,12', 'FREQ=HOURLY', 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'])(
  '%s says more than the fields can',
  (rule) => expect(readRepetition(rule)).toBeNull(),
);

it('knows the weekday of a day', () => {
  expect([weekdayOf('2026-01-05'), weekdayOf('2026-01-11')]).toEqual(['MO', 'SU']);
});
