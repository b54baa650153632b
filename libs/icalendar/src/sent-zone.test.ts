import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { occurrencesWithin } from './occurrences.js';
import { readTimezoneProperty } from './timezone-property.js';
import type { Zone } from './zone.js';

const part = (name: string, lines: readonly string[]) => [`BEGIN:${name}`, ...lines, `END:${name}`];
const timezone = (tzid: string, ...parts: string[][]) => part('VTIMEZONE', [`TZID:${tzid}`, ...parts.flat()]);
const observance = (name: string, from: string, to: string, start: string, ...more: string[]) =>
  part(name, [`DTSTART:${start}`, `TZOFFSETFROM:${from}`, `TZOFFSETTO:${to}`, ...more]);
const calendar = (...lines: string[]) => part('VCALENDAR', ['VERSION:2.0', ...lines]).join('\n');
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 16);
const seconds = (text: string) => Date.parse(`${text}Z`) / 1000;

const OUTLOOK = [
  observance('STANDARD', '+0200', '+0100', '16010101T030000', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10'),
  observance('DAYLIGHT', '+0100', '+0200', '16010101T020000', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'),
];

function startsOf(tzid: string, sent: readonly string[], local: string): string {
  const event = part('VEVENT', ['UID:u', `DTSTART;TZID=${tzid}:${local}`]);
  const object = readCalendarObject(calendar(...sent, ...event));
  if (isCalendarFault(object)) throw new Error(object.reason);
  return iso(occurrencesWithin(object, seconds('1900-01-01T00:00'), seconds('9000-01-01T00:00')).spans[0] as number);
}

describe('B19: a sent VTIMEZONE', () => {
  test.each([
    ['20250715T120000', '2025-07-15T10:00'],
    ['20250115T120000', '2025-01-15T11:00'],
    ['22500715T120000', '2250-07-15T10:00'],
    ['20250330T023000', '2025-03-30T01:30'],
    ['20251026T023000', '2025-10-26T00:30'],
  ])('with an unknown TZID is compiled from its rules: %s', (local, instant) => {
    expect(startsOf('Customized Time Zone', timezone('Customized Time Zone', ...OUTLOOK), local)).toBe(instant);
  });

  test('with a known TZID and the same rules is that zone, also in the years it does not describe', () => {
    const read = readTimezoneProperty(calendar(...timezone('W. Europe Standard Time', ...OUTLOOK)));
    expect((read as Zone).id).toBe('Europe/Berlin');
    // Until 1980 there was no summer time in Germany; the sent rules say otherwise.
    expect(iso((read as Zone).toInstant(seconds('1975-07-01T12:00')))).toBe('1975-07-01T11:00');
  });

  test('with a known TZID and other rules is trusted', () => {
    const odd = timezone('Europe/Berlin', observance('STANDARD', '+0500', '+0500', '19700101T000000'));
    expect(startsOf('Europe/Berlin', odd, '20250715T120000')).toBe('2025-07-15T07:00');
  });

  test('that begins after the time that uses it leaves the known zone in force', () => {
    const late = timezone('Europe/Berlin', observance('STANDARD', '+0500', '+0500', '20400101T000000'));
    expect(startsOf('Europe/Berlin', late, '20250715T120000')).toBe('2025-07-15T10:00');
  });

  test('with RDATEs and an UNTIL in UTC is followed', () => {
    const rules = timezone(
      'Own/Zone',
      observance('DAYLIGHT', '+0000', '+0100', '20200401T010000', 'RDATE:20210401T010000,20220401T010000'),
      observance('STANDARD', '+0100', '+0000', '20201001T010000', 'RRULE:FREQ=YEARLY;UNTIL=20221001T000000Z'),
    );
    expect(startsOf('Own/Zone', rules, '20220701T120000')).toBe('2022-07-01T11:00');
    expect(startsOf('Own/Zone', rules, '20230701T120000')).toBe('2023-07-01T12:00');
    expect(startsOf('Own/Zone', rules, '20190701T120000')).toBe('2019-07-01T12:00');
  });
});

describe('RFC 4791 5.2.2: calendar-timezone', () => {
  test.each([
    ['no iCalendar', 'x'],
    ['no VTIMEZONE', calendar()],
    ['two', calendar(...timezone('a', ...OUTLOOK), ...timezone('b', ...OUTLOOK))],
    ['an event', calendar(...part('VEVENT', ['UID:u']))],
    ['no TZID', calendar(...part('VTIMEZONE', OUTLOOK.flat()))],
    ['a broken offset', calendar(...timezone('a', observance('STANDARD', '1', '+0100', '19700101T000000')))],
    [
      'an onset each day',
      calendar(
        ...timezone(
          'a',
          observance('STANDARD', '+0100', '+0100', '19700101T000000', 'RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE'),
        ),
      ),
    ],
    [
      'a daily rule',
      calendar(...timezone('a', observance('STANDARD', '+0100', '+0100', '19700101T000000', 'RRULE:FREQ=DAILY'))),
    ],
    ['no DTSTART', calendar(...timezone('a', part('STANDARD', ['TZOFFSETFROM:+0100', 'TZOFFSETTO:+0100'])))],
  ])('%s is refused', (_, text) => {
    expect(readTimezoneProperty(text)).toMatchObject({ code: 'valid-calendar-data' });
  });
});
