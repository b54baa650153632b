import { expect, it } from 'vitest';
import { onClock, onDay, positionsOf, readRepetition, weekdayOf, writeRepetition } from './recurrence.js';

const berlin = { allDay: false, zone: 'Europe/Berlin' };
const days = { allDay: true, zone: null };
const floating = { allDay: false, zone: null };

it.each([
  ['FREQ=DAILY', berlin],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR', berlin],
  ['FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;COUNT=4;WKST=SU', berlin],
  ['FREQ=MONTHLY;COUNT=5', berlin],
  ['FREQ=MONTHLY;BYDAY=2TU', berlin],
  ['FREQ=MONTHLY;BYDAY=-1FR;COUNT=5', berlin],
  ['FREQ=YEARLY;UNTIL=20270131T225959Z', berlin],
  ['FREQ=YEARLY;UNTIL=20270731T215959Z', berlin],
  ['FREQ=DAILY;UNTIL=20270131T105959Z', { allDay: false, zone: 'Pacific/Auckland' }],
  ['FREQ=DAILY;UNTIL=20270131', days],
  ['FREQ=DAILY;UNTIL=20270131T235959', floating],
])('%s comes back as it is', (rule, clock) => {
  const read = readRepetition(rule, clock);
  expect(read === null ? null : writeRepetition(read, clock)).toBe(rule);
});

it('the last day is told as it is in the zone of the series, however its end was written', () => {
  expect(readRepetition('FREQ=DAILY;UNTIL=20270131T070000Z', berlin)?.until).toBe('2027-01-31');
  expect(readRepetition('FREQ=DAILY;UNTIL=20270131T233000Z', berlin)?.until).toBe('2027-02-01');
});

it('a series that goes by another clock ends on the same day', () => {
  const rule = 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131T225959Z';
  expect(onClock(rule, berlin, days)).toBe('FREQ=WEEKLY;BYDAY=MO;UNTIL=20270131');
  expect(onClock(rule, berlin, { allDay: false, zone: 'America/New_York' })).toContain('UNTIL=20270201T045959Z');
  expect(onClock('FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270131T225959Z', berlin, floating)).toBe(
    'FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270131T235959',
  );
});

it.each([
  ...['FREQ=MONTHLY;BYDAY=2TU,4TU', 'FREQ=MONTHLY;BYDAY=TU', 'FREQ=DAILY;BYDAY=MO', 'FREQ=WEEKLY;BYDAY=2TU'],
  ...['FREQ=DAILY;BYHOUR=9,12', 'FREQ=HOURLY', 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU'],
])('%s says more than the fields can', (rule) => expect(readRepetition(rule, berlin)).toBeNull());

it('knows the weekday of a day', () => {
  expect([weekdayOf('2026-01-05'), weekdayOf('2026-01-11')]).toEqual(['MO', 'SU']);
});

it('knows how a day lies in its month', () => {
  expect(positionsOf('2026-03-10')).toEqual(['2TU']);
  expect(positionsOf('2026-03-31')).toEqual(['5TU', '-1TU']);
  expect(positionsOf('2026-02-22')).toEqual(['4SU', '-1SU']);
});

it.each([
  ['FREQ=WEEKLY;BYDAY=TU', '2026-03-10', '2026-03-12', 'FREQ=WEEKLY;BYDAY=TH'],
  ['FREQ=WEEKLY;BYDAY=MO,TU', '2026-03-10', '2026-03-12', 'FREQ=WEEKLY;BYDAY=MO,TU'],
  ['FREQ=WEEKLY;BYDAY=FR', '2026-03-10', '2026-03-12', 'FREQ=WEEKLY;BYDAY=FR'],
  ['FREQ=MONTHLY;BYDAY=2TU', '2026-03-10', '2026-03-19', 'FREQ=MONTHLY;BYDAY=3TH'],
  ['FREQ=MONTHLY;BYDAY=-1TU', '2026-03-31', '2026-03-26', 'FREQ=MONTHLY;BYDAY=-1TH'],
  ['FREQ=MONTHLY;BYDAY=-1TU', '2026-03-31', '2026-03-12', 'FREQ=MONTHLY;BYDAY=2TH'],
  ['FREQ=DAILY;COUNT=3', '2026-03-10', '2026-03-12', 'FREQ=DAILY;COUNT=3'],
  ['FREQ=WEEKLY;BYDAY=TU', '2026-03-10', '', 'FREQ=WEEKLY;BYDAY=TU'],
])('%s of a series that began on %s and begins on %s is %s', (rule, before, after, expected) =>
  expect(onDay(rule, berlin, before, after)).toBe(expected),
);
