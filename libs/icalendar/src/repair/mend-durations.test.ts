import { describe, expect, test } from 'vitest';
import { mendDurations } from './mend-durations.js';
import { repairCalendarData } from './repair-calendar-data.js';
import { alarm, event, expectMended, expectRefused, START } from '../testing/repaired.js';

const lasting = (duration: string) => event(START, `DURATION:${duration}`);
const reminding = (trigger: string) => event(START, ...alarm('ACTION:DISPLAY', `TRIGGER${trigger}`));

describe('DURATION of an appointment', () => {
  test.each([
    ['P1H', 'PT1H'],
    ['P1H30M', 'PT1H30M'],
    ['P1D2H', 'PT26H'],
    ['PT2D', 'P2D'],
    ['PT1W', 'P7D'],
    ['P1W2D', 'P9D'],
    ['P', 'PT0S'],
    ['P0', 'PT0S'],
    ['-PT1H', 'PT1H'],
    ['-P1H', 'PT1H'],
    ['p1h', 'PT1H'],
  ])('%s is %s', (sent, mended) => {
    expectMended(lasting(sent), lasting(mended), mendDurations.said);
  });

  test.each(['1 hour', '60', 'PT', 'P1Y', 'P1D2'])('%s is not guessed at', (value) => {
    if (value === 'PT') expect(repairCalendarData(lasting(value)).repairs).toEqual([]);
    else expectRefused(lasting(value));
  });
});

describe('TRIGGER of a reminder', () => {
  test.each([
    [':-P15M', ':-PT15M'],
    [':P0', ':PT0S'],
    [':-P', ':PT0S'],
    [':-PT1D', ':-P1D'],
    [';RELATED=END:-P1H', ';RELATED=END:-PT1H'],
  ])('%s is %s', (sent, mended) => {
    expectMended(reminding(sent), reminding(mended), mendDurations.said);
  });

  test('before the start and at an instant are as they should be', () => {
    for (const trigger of [':-PT15M', ':-P1DT2H', ':PT', ';VALUE=DATE-TIME:20260105T080000Z']) {
      expect(repairCalendarData(reminding(trigger))).toEqual({ text: reminding(trigger), repairs: [] });
    }
  });
});
