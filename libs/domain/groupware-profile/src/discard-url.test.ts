import { expect, test } from 'vitest';
import { event, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const URL = 'URL:https://example.org/';

test('P1: URL is discarded, in overrides as in the master and in tasks', () => {
  const override = event('RECURRENCE-ID:20260106T090000Z', START, URL);
  const shaped = shapeLines([...event(START, 'RRULE:FREQ=DAILY', URL), ...override]);
  expect(shaped.lines).not.toContain(URL);
  expect(shaped.changes.map(({ row }) => row)).toEqual(['P1', 'P1']);
  expect(shapeLines(task(URL)).changes).toMatchObject([{ row: 'P1', said: 'The link (URL) was left out.' }]);
});

test('P1: can be switched off alone', () => {
  expect(shapeLines(event(START, URL), { rulesOff: ['P1'] }).isSame).toBe(true);
  expect(shapeLines(event(START, URL), { profile: 'standard' }).isSame).toBe(true);
});
