import { expect, test } from 'vitest';
import { dropBrokenAlarms } from './drop-broken-alarms.js';
import { repairCalendarData } from './repair-calendar-data.js';
import { alarm, event, expectMended, START, task } from '../testing/repaired.js';

const GOOD = alarm('ACTION:DISPLAY', 'TRIGGER:-PT5M');

test.each([
  ['no TRIGGER', ['ACTION:DISPLAY']],
  ['no ACTION', ['TRIGGER:-PT5M']],
  ['an empty TRIGGER', ['ACTION:DISPLAY', 'TRIGGER:']],
  ['nothing', []],
  ['a TRIGGER that is no time', ['ACTION:DISPLAY', 'TRIGGER:soon']],
  ['two TRIGGERs', ['ACTION:DISPLAY', 'TRIGGER:-PT5M', 'TRIGGER:-PT6M']],
])('a reminder with %s is removed, the good one beside it stays', (_, lines) => {
  expectMended(event(START, ...alarm(...lines), ...GOOD), event(START, ...GOOD), dropBrokenAlarms.said);
  expectMended(task(...alarm(...lines)), task(), dropBrokenAlarms.said);
});

test('a reminder that can be mended is', () => {
  const { text } = repairCalendarData(event(START, ...alarm('ACTION:DISPLAY', 'TRIGGER:-P5M')));
  expect(text).toContain('TRIGGER:-PT5M');
});
