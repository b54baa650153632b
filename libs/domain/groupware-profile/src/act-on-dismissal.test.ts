import { describe, expect, test } from 'vitest';
import { alarm, event, only, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';
const ACK = 'X-MOZ-LASTACK:20260105T085000Z';
const at = (text: string) => Date.parse(text) / 1000;
const acked = at('2026-01-05T08:50:00Z');
const REMINDER = alarm('TRIGGER:-PT15M');
const series = (...lines: readonly string[]) => event(START, 'RRULE:FREQ=DAILY', ...lines, ...REMINDER);
const override = (...lines: readonly string[]) =>
  event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z', ...lines, ...REMINDER);
const triggers = (lines: readonly string[]) => lines.filter((line) => line.startsWith('TRIGGER'));
/** Microseconds of 2026-01-06T09:00:00Z. */
const SECOND = 'X-MOZ-SNOOZE-TIME-1767690000000000';

describe('R4: a dismissal', () => {
  test('removes the reminder from the whole series, is remembered and not given back', () => {
    const shaped = shapeLines([...series(ACK), ...override()]);
    expect(shaped.lines).toEqual([
      ...event(START, 'RRULE:FREQ=DAILY'),
      ...event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z'),
    ]);
    expect(shaped.memory).toEqual({ lastAck: acked });
    expect(shaped.changes.map(({ row, recurrenceId }) => [row, recurrenceId])).toEqual([
      ['R4', null],
      ['R4', '20260106T090000Z'],
    ]);
  });

  test.each([
    ['of a single appointment', event(START, ACK, ...REMINDER)],
    ['of a task', task(START, ACK, ...REMINDER)],
    ['told in the reminder only', event(START, ...alarm('TRIGGER:-PT15M', ACK))],
    ['told in an override only', [...series(), ...override(ACK)]],
    ['with a snooze that is over', series(ACK, 'X-MOZ-SNOOZE-TIME-1767603600000000:20260105T084000Z')],
  ])('%s', (_, lines) => {
    const shaped = shapeLines(lines);
    expect(shaped.lines).not.toContain('BEGIN:VALARM');
    expect(shaped.lines.join()).not.toContain('X-MOZ');
    expect(shaped.memory).toEqual({ lastAck: acked });
  });

  test('sent again does nothing but go', () => {
    for (const lastAck of [acked, acked + 60]) {
      const shaped = shapeLines(series(ACK), { memory: { lastAck } });
      expect(shaped.lines).toEqual(series());
      expect(shaped.memory).toEqual({ lastAck });
    }
    expect(shapeLines(series(ACK), { memory: { lastAck: acked - 1 } }).lines).not.toContain('BEGIN:VALARM');
  });

  test('that cannot be read is no dismissal', () => {
    const shaped = shapeLines(series('X-MOZ-LASTACK:now'));
    expect([triggers(shaped.lines), shaped.memory]).toEqual([['TRIGGER:-PT15M'], null]);
  });

  test('stays as it is where the row is switched off, and in standard no reminder is lost', () => {
    expect(shapeLines(series(ACK), { rulesOff: ['R4'] }).isSame).toBe(true);
    expect(triggers(shapeLines(series(ACK), { profile: 'standard' }).lines)).toEqual(['TRIGGER:-PT15M']);
  });
});

describe('R4: a snooze', () => {
  const SNOOZE = 'X-MOZ-SNOOZE-TIME:20260105T085500Z';
  const MOVED = 'TRIGGER;VALUE=DATE-TIME:20260105T085500Z';

  test('moves the reminder to its time, in appointments and tasks', () => {
    for (const lines of [event(START, ACK, SNOOZE, ...REMINDER), task(START, ACK, SNOOZE, ...REMINDER)]) {
      const shaped = shapeLines(lines);
      expect(triggers(shaped.lines)).toEqual([MOVED]);
      expect(shaped.lines.join()).not.toContain('X-MOZ');
      expect(shaped.memory).toEqual({ lastAck: acked, snoozedTo: [acked + 300] });
    }
  });

  test('moves the reminder that Thunderbird shows', () => {
    const shaped = shapeLines(event(START, ACK, SNOOZE, ...alarm('ACTION:EMAIL', 'TRIGGER:-P1D'), ...REMINDER));
    expect(triggers(shaped.lines)).toEqual([MOVED]);
  });

  test('of one occurrence moves the reminder of its override alone', () => {
    const shaped = shapeLines([...series(ACK, `${SECOND}:20260106T095500Z`), ...override()]);
    expect(triggers(shaped.lines)).toEqual(['TRIGGER:-PT15M', 'TRIGGER;VALUE=DATE-TIME:20260106T095500Z']);
  });

  test('of an occurrence without an override moves that of the series, though after its first occurrence (R1)', () => {
    const shaped = shapeLines(series(ACK, `${SECOND}:20260106T085500Z`));
    expect(triggers(shaped.lines)).toEqual(['TRIGGER;VALUE=DATE-TIME:20260106T085500Z']);
    const { memory } = shaped;
    expect(shapeLines(shaped.lines, { memory }).isSame).toBe(true);
    expect(triggers(shapeLines(shaped.lines).lines)).toEqual([]);
  });

  test('to a time after the start is what the user wants: R1 lets it stand', () => {
    const shaped = shapeLines(event(START, ACK, 'X-MOZ-SNOOZE-TIME:20260105T091000Z', ...REMINDER));
    expect(triggers(shaped.lines)).toEqual(['TRIGGER;VALUE=DATE-TIME:20260105T091000Z']);
  });

  test('finds the override of a day and of a floating series by the wall', () => {
    const day = [
      ...event(
        'DTSTART;VALUE=DATE:20260105',
        'RRULE:FREQ=DAILY',
        ACK,
        'X-MOZ-SNOOZE-TIME-1767657600000000:20260105T230000Z',
        ...REMINDER,
      ),
      ...event('RECURRENCE-ID;VALUE=DATE:20260106', 'DTSTART;VALUE=DATE:20260106', ...REMINDER),
    ];
    expect(triggers(shapeLines(day).lines)).toEqual(['TRIGGER:-PT15M', 'TRIGGER;VALUE=DATE-TIME:20260105T230000Z']);
  });

  test('dismissed afterwards removes the reminder', () => {
    const moved = event(START, 'X-MOZ-LASTACK:20260105T085600Z', ...alarm(MOVED));
    const shaped = shapeLines(moved, { memory: { lastAck: acked, snoozedTo: [acked + 300] } });
    expect(shaped.lines).toEqual(event(START));
    expect(shaped.memory).toEqual({ lastAck: acked + 360 });
  });

  test('without a reminder or a dismissal moves nothing', () => {
    expect(shapeLines(event(START, ACK, SNOOZE)).lines).toEqual(event(START));
    expect(shapeLines(event(START, SNOOZE, ...REMINDER), { rulesOff: only('R4') }).lines).toEqual(
      event(START, ...REMINDER),
    );
  });
});
