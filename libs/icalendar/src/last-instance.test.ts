import { expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarTree } from './calendar-tree.js';
import { lastInstanceBy } from './last-instance.js';

const seconds = (text: string) => Date.parse(text) / 1000;
const lastBy = (instant: string, ...lines: readonly string[]) => {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:u',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) throw new Error(tree.reason);
  return lastInstanceBy(seconds(instant), tree);
};
const DAILY = ['DTSTART;TZID=Europe/Berlin:20260105T090000', 'RRULE:FREQ=DAILY'];

test('R5: the last instance by an instant, over a change of the clock', () => {
  expect(lastBy('2026-03-28T08:00:00Z', ...DAILY)).toBe(seconds('2026-03-28T08:00:00Z'));
  expect(lastBy('2026-03-29T07:30:00Z', ...DAILY)).toBe(seconds('2026-03-29T07:00:00Z'));
});

test('R5: none before the first, none of an object that does not recur, none of an instance with a component of its own', () => {
  expect(lastBy('2026-01-05T07:59:59Z', ...DAILY)).toBeNull();
  expect(lastBy('2026-01-05T09:00:00Z', 'DTSTART:20260105T080000Z')).toBeNull();
  const override = [
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:u',
    'RECURRENCE-ID:20260106T080000Z',
    'DTSTART:20260106T060000Z',
  ];
  expect(lastBy('2026-01-06T20:00:00Z', ...DAILY, ...override)).toBe(seconds('2026-01-05T08:00:00Z'));
});
