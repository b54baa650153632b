import { expect, test } from 'vitest';
import { alarmsWithin } from './alarms.js';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { utc, type Zone, zoneById } from './zone.js';

const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', ...lines, 'END:VALARM'];
const BODY = ['DTSTART;TZID=Europe/Berlin:20250329T100000', 'DURATION:PT1H'];

function alarms(lines: readonly string[], observer: Zone = utc): readonly string[] {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VEVENT',
    'UID:u',
    ...lines,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\n');
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(object.reason);
  const range = { start: Date.UTC(2025, 2, 1) / 1000, end: Date.UTC(2025, 3, 1) / 1000 };
  return alarmsWithin(object, range, observer).map((instant) => new Date(instant * 1000).toISOString().slice(5, 16));
}

test.each([
  [
    'relative to each instance',
    [...BODY, 'RRULE:FREQ=DAILY', ...alarm('TRIGGER:-PT30M')],
    ['03-29T08:30', '03-30T07:30', '03-31T07:30'],
  ],
  ['relative to the end', [...BODY, ...alarm('TRIGGER;RELATED=END:PT15M')], ['03-29T10:15']],
  [
    'a nominal day before',
    [...BODY, 'RRULE:FREQ=DAILY;COUNT=2', ...alarm('TRIGGER:-P1D')],
    ['03-28T09:00', '03-29T09:00'],
  ],
  [
    'repeated',
    [...BODY, ...alarm('TRIGGER:PT0S', 'REPEAT:2', 'DURATION:PT5M')],
    ['03-29T09:00', '03-29T09:05', '03-29T09:10'],
  ],
  [
    'at an instant, once for the whole series',
    [...BODY, 'RRULE:FREQ=DAILY', ...alarm('TRIGGER;VALUE=DATE-TIME:20250302T120000Z')],
    ['03-02T12:00'],
  ],
  ['two alarms at one instant', [...BODY, ...alarm('TRIGGER:-PT30M'), ...alarm('TRIGGER:-PT30M')], ['03-29T08:30']],
])('RFC 5545 3.6.6: an alarm %s', (_, lines, expected) => {
  expect(alarms(lines)).toEqual(expected);
});

test('the alarm of a day follows the observer', () => {
  const day = ['DTSTART;VALUE=DATE:20250330', ...alarm('TRIGGER:PT9H')];
  expect(alarms(day, zoneById('Europe/Berlin') as Zone)).toEqual(['03-30T08:00']);
});
