import { expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { withoutPlaceholderAlarm, withPlaceholderAlarm } from './placeholder-alarm.js';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
const START = 'DTSTART:20260105T090000Z';
const ALARM = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM'];
const bare = calendar(...event(START, 'RRULE:FREQ=DAILY'), ...event('RECURRENCE-ID:20260106T090000Z', START, ...ALARM));

test('R7: each appointment without a reminder gets the placeholder, always the same one', () => {
  const shown = withPlaceholderAlarm(bare);
  expect(shown).toBe(withPlaceholderAlarm(bare));
  expect(withPlaceholderAlarm(shown)).toBe(shown);
  expect(isCalendarFault(readCalendarObject(shown))).toBe(false);
  const block = shown.slice(shown.indexOf('BEGIN:VALARM'), shown.indexOf('END:VALARM')).split('\r\n');
  const [, uid, same, ...rest] = block;
  expect(uid).toMatch(/^UID:[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$/);
  expect(same).toBe(`X-WR-ALARM${uid}`);
  expect(rest).toEqual(['ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z', 'X-APPLE-DEFAULT-ALARM:TRUE', '']);
  expect(shown.match(/BEGIN:VALARM/g)).toHaveLength(2);
});

test('R7: an exception has a placeholder of its own', () => {
  const shown = withPlaceholderAlarm(bare.replace(ALARM.join('\r\n'), 'SUMMARY:x'));
  const uids = [...shown.matchAll(/X-WR-ALARMUID:(.*)\r/g)].map(([, uid]) => uid);
  expect(new Set(uids).size).toBe(2);
});

test('R7: it is taken out again, and nothing else is', () => {
  expect(withoutPlaceholderAlarm(withPlaceholderAlarm(bare))).toBe(bare);
  const local = withPlaceholderAlarm(bare)
    .replace('X-APPLE-DEFAULT', 'X-APPLE-LOCAL-DEFAULT')
    .replace('ACTION:NONE', 'ACTION:AUDIO');
  expect(withoutPlaceholderAlarm(local)).toBe(bare);
  const place = calendar(
    ...event(
      START,
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER;VALUE=DATE-TIME:19760401T005545Z',
      'PROXIMITY:ARRIVE',
      'END:VALARM',
    ),
  );
  expect(withoutPlaceholderAlarm(place)).toBe(place);
});

test('R7: tasks, full objects and unreadable text stay the very same', () => {
  const task = calendar('BEGIN:VTODO', 'UID:u', 'END:VTODO');
  for (const text of [task, calendar(...event(START, ...ALARM)), 'x']) {
    expect(withPlaceholderAlarm(text)).toBe(text);
    expect(withoutPlaceholderAlarm(text)).toBe(text);
  }
});
