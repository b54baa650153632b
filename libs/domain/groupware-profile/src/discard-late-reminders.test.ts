import { describe, expect, test } from 'vitest';
import { alarm, event, only, shapeLines, task } from './testing/shape-lines.js';

const BERLIN = 'DTSTART;TZID=Europe/Berlin:20260105T090000';
const rulesOff = only('R1');
const keeps = (...lines: readonly string[]) => shapeLines(event(...lines), { rulesOff }).isSame;

describe('R1: a reminder after the start is discarded', () => {
  test.each([
    ['a minute after the start', [BERLIN, ...alarm('TRIGGER:PT1M')]],
    ['a day after the start', [BERLIN, ...alarm('TRIGGER:P1D')]],
    ['at the end', [BERLIN, 'DURATION:PT1H', ...alarm('TRIGGER;RELATED=END:PT0S')]],
    ['half an hour before the end of an hour', [BERLIN, 'DURATION:PT1H', ...alarm('TRIGGER;RELATED=END:-PT30M')]],
    ['of a day, in its morning', ['DTSTART;VALUE=DATE:20260105', ...alarm('TRIGGER:PT9H')]],
    ['at an instant after the start', [BERLIN, ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T080001Z')]],
    [
      'of a series, between two occurrences',
      [BERLIN, 'RRULE:FREQ=DAILY', ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T120000Z')],
    ],
    [
      'of a floating start, late everywhere',
      ['DTSTART:20260105T090000', ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T220000Z')],
    ],
  ])('%s', (_, lines) => {
    expect(keeps(...lines)).toBe(false);
  });

  test.each([
    ['before the start', [BERLIN, ...alarm('TRIGGER:-PT15M')]],
    ['at the start', [BERLIN, ...alarm('TRIGGER:PT0S')]],
    ['at the start, counted from the end', [BERLIN, 'DURATION:PT1H', ...alarm('TRIGGER;RELATED=END:-PT1H')]],
    ['at the instant of the start', [BERLIN, ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T080000Z')]],
    ['before a day', ['DTSTART;VALUE=DATE:20260105', ...alarm('TRIGGER:-PT15H')]],
    ['in time for somebody', ['DTSTART:20260105T090000', ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T200000Z')]],
    [
      'at a floating start, as the clock shows it',
      ['DTSTART:20260105T090000', ...alarm('TRIGGER;VALUE=DATE-TIME:20260105T090000')],
    ],
  ])('kept: %s', (_, lines) => {
    expect(keeps(...lines)).toBe(true);
  });

  test('an override is measured at its own start, and the change names it', () => {
    const series = event(BERLIN, 'RRULE:FREQ=DAILY', ...alarm('TRIGGER:-PT5M'));
    const exception = (trigger: string) =>
      event('RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000', 'DTSTART:20260107T100000Z', ...alarm(trigger));
    const inTime = exception('TRIGGER;VALUE=DATE-TIME:20260107T093000Z');
    expect(shapeLines([...series, ...inTime], { rulesOff }).isSame).toBe(true);
    const late = shapeLines([...series, ...exception('TRIGGER:PT1M')], { rulesOff });
    expect(late.changes).toEqual([
      {
        row: 'R1',
        said: 'A reminder after the start of the appointment was left out.',
        component: 'VEVENT',
        recurrenceId: '20260106T080000Z',
      },
    ]);
    expect(late.lines).toContain('TRIGGER:-PT5M');
  });

  test('tasks keep theirs, and so does a tenant that has switched the row off', () => {
    expect(shapeLines(task('DUE:20260105T090000Z', ...alarm('TRIGGER;RELATED=END:PT1H')), { rulesOff }).isSame).toBe(
      true,
    );
    expect(shapeLines(event(BERLIN, ...alarm('TRIGGER:PT1H')), { rulesOff: ['R1'] }).isSame).toBe(true);
  });

  test('standard keeps all (P3)', () => {
    expect(shapeLines(event(BERLIN, ...alarm('TRIGGER:PT1H')), { profile: 'standard' }).isSame).toBe(true);
  });
});
