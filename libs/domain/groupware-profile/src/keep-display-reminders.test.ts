import { expect, test } from 'vitest';
import { alarm, event, only, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const rulesOff = only('R3');

test.each([
  ['AUDIO', 'A reminder by sound was left out: only those that show a message are kept.'],
  ['EMAIL', 'A reminder by mail was left out: only those that show a message are kept.'],
  ['PROCEDURE', 'A reminder that starts a program was left out: only those that show a message are kept.'],
  ['X-LIGHT', 'A reminder of the kind X-LIGHT was left out: only those that show a message are kept.'],
])('R3: %s is discarded in appointments and tasks, DISPLAY beside it stays', (action, said) => {
  const alarms = [...alarm(`ACTION:${action}`, 'TRIGGER:-PT5M'), ...alarm('TRIGGER:-PT10M')];
  for (const lines of [event(START, ...alarms), task(START, ...alarms)]) {
    const { lines: kept, changes } = shapeLines(lines, { rulesOff });
    expect(kept.filter((line) => line.startsWith('ACTION'))).toEqual(['ACTION:DISPLAY']);
    expect(changes.map((change) => change.said)).toEqual([said]);
  }
});

test('R3: display in any case is left alone, in overrides as in the master', () => {
  const small = alarm('ACTION:Display', 'TRIGGER:-PT5M');
  const override = event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z', ...small);
  expect(shapeLines([...event(START, 'RRULE:FREQ=DAILY', ...small), ...override], { rulesOff }).isSame).toBe(true);
});

test('R3: an override loses its sound, too', () => {
  const override = event('RECURRENCE-ID:20260106T090000Z', START, ...alarm('ACTION:AUDIO', 'TRIGGER:-PT5M'));
  const { lines, changes } = shapeLines([...event(START, 'RRULE:FREQ=DAILY'), ...override], { rulesOff });
  expect(lines).not.toContain('ACTION:AUDIO');
  expect(changes).toMatchObject([{ row: 'R3', recurrenceId: '20260106T090000Z' }]);
});
