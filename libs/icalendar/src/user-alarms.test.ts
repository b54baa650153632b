import { describe, expect, test } from 'vitest';
import { splitAlarms, withAlarms } from './user-alarms.js';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
const alarm = (trigger: string) => ['BEGIN:VALARM', 'ACTION:DISPLAY', `TRIGGER:${trigger}`, 'END:VALARM'];
const BERLIN = 'DTSTART;TZID=Europe/Berlin:20260105T090000';
const MARKS = ['X-MOZ-LASTACK:20260105T075500Z', 'X-MOZ-SNOOZE-TIME-1767690000000000:20260106T085500Z'];
const override = (...lines: readonly string[]) =>
  event('RECURRENCE-ID:20260106T080000Z', 'DTSTART:20260106T100000Z', ...lines);
const series = calendar(
  ...event(BERLIN, 'RRULE:FREQ=DAILY', ...MARKS, ...alarm('-PT5M')),
  ...override(...alarm('-PT9M')),
);
const bare = calendar(...event(BERLIN, 'RRULE:FREQ=DAILY'), ...override());

describe('R6: reminders are per user', () => {
  test('are parted from what all see, with dismissals and snoozes', () => {
    const { content, alarms } = splitAlarms(series);
    expect(content).toBe(bare);
    expect(JSON.parse(JSON.stringify(alarms))).toEqual([
      { recurrenceId: null, blocks: `${alarm('-PT5M').join('\r\n')}\r\n`, properties: `${MARKS.join('\r\n')}\r\n` },
      { recurrenceId: '20260106T080000Z', blocks: `${alarm('-PT9M').join('\r\n')}\r\n`, properties: '' },
    ]);
  });

  test('come back as they were', () => {
    const { content, alarms } = splitAlarms(series);
    expect(withAlarms(content, alarms)).toBe(series);
    expect(splitAlarms(withAlarms(content, alarms))).toEqual({ content, alarms });
  });

  test('find their override in whatever zone it is written', () => {
    const { alarms } = splitAlarms(series);
    const local = bare.replace('RECURRENCE-ID:20260106T080000Z', 'RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000');
    expect(withAlarms(local, alarms)).toContain('TRIGGER:-PT9M');
  });

  test.each([
    ['a day', 'VALUE=DATE:20260105', 'VALUE=DATE:20260106', '20260106'],
    ['a floating time', 'VALUE=DATE-TIME:20260105T090000', 'VALUE=DATE-TIME:20260106T090000', '20260106T090000'],
  ])('of %s are kept by the wall', (_, start, at, key) => {
    const text = calendar(
      ...event(`DTSTART;${start}`, 'RRULE:FREQ=DAILY'),
      ...event(`RECURRENCE-ID;${at}`, `DTSTART;${at}`, ...alarm('-PT5M')),
    );
    const { content, alarms } = splitAlarms(text);
    expect(alarms.map(({ recurrenceId }) => recurrenceId)).toEqual([key]);
    expect(withAlarms(content, alarms)).toBe(text);
  });

  test('of an instance that has no component any more are not shown', () => {
    const { alarms } = splitAlarms(series);
    const shown = withAlarms(calendar(...event(BERLIN, 'RRULE:FREQ=DAILY')), alarms);
    expect(shown).toBe(calendar(...event(BERLIN, 'RRULE:FREQ=DAILY', ...MARKS, ...alarm('-PT5M'))));
  });

  test('none: the very same text, both ways', () => {
    const folded = bare.replace('UID:u', 'UI\r\n D:u');
    expect(splitAlarms(folded)).toEqual({ content: folded, alarms: [] });
    expect(withAlarms(folded, null)).toBe(folded);
    expect(withAlarms(folded, [])).toBe(folded);
  });

  test('what cannot be read is left alone', () => {
    expect(splitAlarms('x')).toEqual({ content: 'x', alarms: [] });
    const broken = [{ recurrenceId: null, blocks: 'BEGIN:VALARM\r\n', properties: '' }];
    expect(withAlarms('x', broken)).toBe('x');
    expect(withAlarms(bare, broken)).toBe(bare);
  });

  test("also of tasks, and Apple's marks of a default alarm", () => {
    const text = calendar('BEGIN:VTODO', 'UID:u', 'X-APPLE-DEFAULT-ALARM:TRUE', ...alarm('-PT5M'), 'END:VTODO');
    expect(splitAlarms(text).content).toBe(calendar('BEGIN:VTODO', 'UID:u', 'END:VTODO'));
  });
});
