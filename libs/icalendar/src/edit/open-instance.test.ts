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

it('there is none of what does not recur, of what is done as a whole, and of what has ended long ago', () => {
  expect(open(task('DUE:20260312T090000Z'), '2026-03-11')).toBeNull();
  expect(open(edit(weekly, { status: 'COMPLETED' }).text, '2026-03-11')).toBeNull();
  expect(open(task('DUE:20200312T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'), '2026-03-11')).toBeNull();
});
