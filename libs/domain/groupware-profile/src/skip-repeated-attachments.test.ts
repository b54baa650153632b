import { describe, expect, test } from 'vitest';
import { event, shapeLines } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const FIRST = 'ATTACH;MANAGED-ID=1;FILENAME=a.txt:https://dav.example.org/a/1';
const OWN = 'ATTACH;MANAGED-ID=2:https://dav.example.org/a/2';
const LINK = 'ATTACH:https://example.org/agenda';
const series = (...own: readonly string[]) => [
  ...event(START, 'RRULE:FREQ=DAILY', FIRST, LINK),
  ...event('RECURRENCE-ID:20260106T090000Z', START, ...own),
];

describe.each(['groupware', 'standard'] as const)('A4 in %s: attachments of the series', (profile) => {
  test.each([
    ['the same', FIRST],
    ['the same id behind another URL', 'ATTACH;MANAGED-ID=1:https://other.example.org/x'],
    ['the same URL without id', 'ATTACH:https://dav.example.org/a/1'],
    ['a plain link', LINK],
  ])('are skipped on an exception: %s', (_, line) => {
    const shaped = shapeLines(series(line, OWN), { profile });
    expect(shaped.lines).toEqual(series(OWN));
    expect(shaped.changes).toMatchObject([{ row: 'A4', recurrenceId: '20260106T090000Z' }]);
  });

  test('leave what is its own, and objects without a master', () => {
    expect(shapeLines(series(OWN), { profile }).isSame).toBe(true);
    expect(shapeLines(event('RECURRENCE-ID:20260106T090000Z', START, FIRST), { profile }).isSame).toBe(true);
  });
});
