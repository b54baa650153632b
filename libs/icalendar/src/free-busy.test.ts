import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { type BusyPeriod, busyPeriods, freeBusyComponent } from './free-busy.js';
import { utc, type Zone, zoneById } from './zone.js';

const at = (hour: number) => Date.UTC(2025, 0, 5, hour) / 1000;
const range = { start: at(0), end: at(24) };

function periods(lines: readonly string[], observer = utc): readonly string[] {
  const object = readCalendarObject(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\n'));
  if (isCalendarFault(object)) throw new Error(object.reason);
  const hour = (instant: number) => (instant - at(0)) / 3600;
  return busyPeriods(object, range, observer).map(({ start, end, type }) => `${hour(start)}-${hour(end)} ${type}`);
}
const event = (...lines: string[]) => [
  'BEGIN:VEVENT',
  'UID:u',
  'DTSTART:20250105T100000Z',
  'DURATION:PT1H',
  ...lines,
  'END:VEVENT',
];

describe('RFC 4791 7.10: what takes time', () => {
  test.each([
    ['an event', event(), ['10-11 BUSY']],
    ['OPAQUE', event('TRANSP:OPAQUE', 'STATUS:CONFIRMED'), ['10-11 BUSY']],
    ['TENTATIVE', event('STATUS:tentative'), ['10-11 BUSY-TENTATIVE']],
    ['TRANSPARENT', event('TRANSP:TRANSPARENT'), []],
    ['CANCELLED', event('STATUS:CANCELLED'), []],
    ['an event without length', ['BEGIN:VEVENT', 'UID:u', 'DTSTART:20250105T100000Z', 'END:VEVENT'], []],
    ['a rule', event('RRULE:FREQ=HOURLY;INTERVAL=5;COUNT=3'), ['10-11 BUSY', '15-16 BUSY', '20-21 BUSY']],
    ['a day', ['BEGIN:VEVENT', 'UID:u', 'DTSTART;VALUE=DATE:20250105', 'END:VEVENT'], ['0-24 BUSY']],
    ['a task', ['BEGIN:VTODO', 'UID:u', 'DTSTART:20250105T100000Z', 'DUE:20250105T110000Z', 'END:VTODO'], []],
    [
      'a cancelled instance',
      [...event('RRULE:FREQ=HOURLY;COUNT=2'), ...event('RECURRENCE-ID:20250105T110000Z', 'STATUS:CANCELLED')],
      ['10-11 BUSY'],
    ],
    [
      'a VFREEBUSY',
      [
        'BEGIN:VFREEBUSY',
        'UID:u',
        'FREEBUSY:20250105T080000Z/PT1H,20250107T080000Z/PT1H',
        'FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20250105T090000Z/20250105T100000Z',
        'FREEBUSY;FBTYPE=FREE:20250105T120000Z/PT1H',
        'FREEBUSY;FBTYPE=X-OWN:20250105T130000Z/PT1H',
        'END:VFREEBUSY',
      ],
      ['8-9 BUSY', '9-10 BUSY-UNAVAILABLE', '13-14 BUSY'],
    ],
  ])('%s', (_, lines, expected) => {
    expect(periods(lines)).toEqual(expected);
  });

  test('a day is the day of the observer', () => {
    const day = ['BEGIN:VEVENT', 'UID:u', 'DTSTART;VALUE=DATE:20250105', 'END:VEVENT'];
    expect(periods(day, zoneById('Europe/Berlin') as Zone)).toEqual(['-1-23 BUSY']);
  });
});

test('RFC 4791 7.10: the answer has its periods clipped, joined by type and sorted', () => {
  const period = (start: number, end: number, type: BusyPeriod['type'] = 'BUSY') => ({
    start: at(start),
    end: at(end),
    type,
  });
  const given = [
    period(12, 13),
    period(-3, 2),
    period(1, 3),
    period(3, 4),
    period(23, 30),
    period(5, 5),
    period(12, 14, 'BUSY-TENTATIVE'),
  ];
  expect(freeBusyComponent(given, range, at(6)).split('\r\n')).toEqual([
    ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Almanac//CalDAV//EN', 'BEGIN:VFREEBUSY'],
    ...[
      `UID:freebusy-${at(0)}-${at(24)}-${at(6)}`,
      'DTSTAMP:20250105T060000Z',
      'DTSTART:20250105T000000Z',
      'DTEND:20250106T000000Z',
    ],
    'FREEBUSY;FBTYPE=BUSY:20250105T000000Z/20250105T040000Z',
    'FREEBUSY;FBTYPE=BUSY:20250105T120000Z/20250105T130000Z',
    'FREEBUSY;FBTYPE=BUSY:20250105T230000Z/20250106T000000Z',
    'FREEBUSY;FBTYPE=BUSY-TENTATIVE:20250105T120000Z/20250105T140000Z',
    ...['END:VFREEBUSY', 'END:VCALENDAR', ''],
  ]);
});
