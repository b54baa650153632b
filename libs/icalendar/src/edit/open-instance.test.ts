import { expect, it } from 'vitest';
import { calendar, edit, read } from '../testing/edited.js';
import { utc } from '../zone.js';
import { openInstance } from './open-instance.js';

const task = (...lines: readonly string[]): string =>
  calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'SUMMARY:Water', ...lines, 'END:VTODO');
const weekly = task('DTSTART:20250106T080000Z', 'DUE:20250106T090000Z', 'RRULE:FREQ=WEEKLY');
const on = (day: string) => Date.parse(`${day}T12:00:00Z`) / 1000;
const open = (text: string, day: string) => openInstance(read(text), { now: on(day), observer: utc });
const done = (text: string, at: string) => edit(text, { status: 'COMPLETED' }, { at, scope: 'this' }).text;

it('the last one that was due is worked at, and then the next one', () => {
  expect(open(weekly, '2026-03-11')).toBe('20260309T080000Z');
  const watered = done(weekly, '20260309T080000Z');
  expect(open(watered, '2026-03-11')).toBe('20260316T080000Z');
  expect(open(done(watered, '20260316T080000Z'), '2026-03-11')).toBe('20260323T080000Z');
  expect(open(watered, '2026-03-17')).toBe('20260316T080000Z');
});

it('a yearly one is found, too, and one that has not begun', () => {
  const yearly = task('DUE;VALUE=DATE:20250801', 'RRULE:FREQ=YEARLY');
  expect(open(yearly, '2026-03-11')).toBe('20250801');
  expect(open(done(yearly, '20250801'), '2026-03-11')).toBe('20260801');
  expect(open(weekly, '2025-01-01')).toBe('20250106T080000Z');
});

it('one that is overdue stays, however seldom it repeats', () => {
  const quarterly = task('DUE:20260101T090000Z', 'RRULE:FREQ=MONTHLY;INTERVAL=3');
  for (const day of ['2026-01-20', '2026-02-20', '2026-03-31']) expect(open(quarterly, day)).toBe('20260101T090000Z');
  expect(open(quarterly, '2026-04-02')).toBe('20260401T090000Z');
  expect(open(task('DUE:20200312T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'), '2026-03-11')).toBe('20200314T090000Z');
});

it('what is all done is shown as its last one, and not as one that is to be done', () => {
  const twice = task('DUE:20260301T090000Z', 'RRULE:FREQ=WEEKLY;COUNT=2');
  const both = done(done(twice, '20260301T090000Z'), '20260308T090000Z');
  expect(open(both, '2026-03-11')).toBe('20260308T090000Z');
  const biennial = task('DUE:20250301T090000Z', 'RRULE:FREQ=YEARLY;INTERVAL=2');
  expect(open(done(biennial, '20250301T090000Z'), '2026-03-11')).toBe('20270301T090000Z');
  expect(open(edit(twice, { status: 'COMPLETED' }).text, '2026-03-11')).toBe('20260308T090000Z');
});

it('there is none of what does not recur', () => {
  expect(open(task('DUE:20260312T090000Z'), '2026-03-11')).toBeNull();
});
