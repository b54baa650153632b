import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]) => calendar('BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT');
const START = 'DTSTART:20260105T090000Z';
const timed = (...lines: string[]) => event(START, ...lines);
const alarm = (...lines: string[]) => timed('BEGIN:VALARM', ...lines, 'END:VALARM');
const override = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, START, 'END:VEVENT'];

describe('RFC 5545: what clients really send is read', () => {
  test.each([
    ['CRLF', timed('SUMMARY:x')],
    ['bare LF', timed('SUMMARY:x').replaceAll('\r\n', '\n')],
    ['a byte order mark', `\ufeff${timed()}`],
    ['folded lines', timed('DESCRIPTION:a', ' b', '\tc')],
    ['a fold within the name', timed('SUMM', ' ARY:x')],
    ['a line of 200 octets', timed(`SUMMARY:${'x'.repeat(200)}`)],
    ['blank lines at the end', `${timed()}\r\n\r\n`],
    ['no PRODID and no DTSTAMP', timed()],
    ['small letters', timed().toLowerCase().replace('uid:u', 'UID:u')],
    [
      'X- components and properties',
      calendar('X-WR-CALNAME:n', ...override('X-A;X-B=1:2'), 'BEGIN:X-C', 'X-D:1', 'END:X-C'),
    ],
    ['equal DTSTART and DTEND', timed('DTEND:20260105T090000Z')],
    [
      'DTSTART and DTEND in different zones',
      event('DTSTART;TZID=Europe/Berlin:20260105T090000', 'DTEND;TZID=America/New_York:20260105T040000'),
    ],
    ['a known zone without VTIMEZONE', event('DTSTART;TZID=Europe/Berlin:20260105T090000')],
    ['a Windows zone without VTIMEZONE', event('DTSTART;TZID=W. Europe Standard Time:20260105T090000')],
    ['a vendor prefix', event('DTSTART;TZID=/mozilla.org/20050126_1/Europe/Berlin:20260105T090000')],
    ['a quoted TZID', event('DTSTART;TZID="Europe/Berlin":20260105T090000')],
    ['a DATE without VALUE', event('DTSTART:20260105')],
    ['RRULE in an override', calendar(...override('RECURRENCE-ID:20260105T090000Z', 'RRULE:FREQ=DAILY'))],
    [
      'overrides without a master',
      calendar(...override('RECURRENCE-ID:20260105T090000Z'), ...override('RECURRENCE-ID:20260106T090000Z')),
    ],
    ['a rule that ends with a semicolon', timed('RRULE:FREQ=DAILY;COUNT=2;')],
    ['UNTIL as a date', timed('RRULE:FREQ=DAILY;UNTIL=20260110')],
    ['RDATE with periods', timed('RDATE;VALUE=PERIOD:20260106T090000Z/PT1H,20260107T090000Z/20260107T100000Z')],
    ['an empty EXDATE', timed('EXDATE:')],
    ['an alarm', alarm('ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z')],
    ['a leap second', event('DTSTART:20161231T235960Z')],
    ['29 February', event('DTSTART;VALUE=DATE:20240229')],
    ['a VTODO without any date', calendar('BEGIN:VTODO', 'UID:u', 'END:VTODO')],
    [
      'a VTODO with DUE only and a rule',
      calendar('BEGIN:VTODO', 'UID:u', 'DUE:20260105T090000Z', 'RRULE:FREQ=DAILY', 'END:VTODO'),
    ],
    ['a VJOURNAL', calendar('BEGIN:VJOURNAL', 'UID:u', 'DTSTART;VALUE=DATE:20260105', 'END:VJOURNAL')],
    ['a VFREEBUSY', calendar('BEGIN:VFREEBUSY', 'UID:u', 'FREEBUSY:20260105T090000Z/PT1H', 'END:VFREEBUSY')],
    ['RSCALE=GREGORIAN', timed('RRULE:RSCALE=GREGORIAN;FREQ=MONTHLY;SKIP=FORWARD')],
    ['PT without parts', timed('DURATION:PT')],
  ])('%s', (_, text) => {
    const object = readCalendarObject(text);
    expect(isCalendarFault(object) ? object.reason : object.uid).toBe('u');
  });
});

describe('RFC 5545: what is no iCalendar is refused as valid-calendar-data', () => {
  test.each([
    ['an empty body', '', undefined],
    ['no iCalendar', 'hello', 1],
    ['another root', 'BEGIN:VEVENT\nUID:u\nEND:VEVENT', 1],
    ['two VCALENDARs', `${timed()}\r\n${timed()}`, 8],
    ['END of another component', timed().replace('END:VEVENT', 'END:VTODO'), 6],
    ['a missing END', timed().replace('END:VCALENDAR', ''), 1],
    ['END without BEGIN', 'END:VCALENDAR', 1],
    ['a property outside', `UID:u\r\n${timed()}`, 1],
    ['a blank first', ` ${timed()}`, 1],
    ['no VERSION', timed().replace('VERSION:2.0\r\n', ''), 1],
    ['VERSION:1.0', timed().replace('2.0', '1.0'), 2],
    ['another CALSCALE', calendar('CALSCALE:JULIAN', ...override()), 3],
    ['a line without colon', timed('SUMMARY'), 6],
    ['a control character', timed('SUMMARY:a\u0007b'), 6],
    ['a lone CR', timed('SUMMARY:a\rb'), 6],
    ['no UID', event(START).replace('UID:u\r\n', ''), 3],
    ['an empty UID', event(START).replace('UID:u', 'UID:'), 4],
    ['two UIDs', timed('UID:v'), 6],
    ['no DTSTART', event('SUMMARY:x'), 3],
    ['two DTSTARTs', timed(START), 6],
    ['month 13', event('DTSTART:20261301T090000Z'), 5],
    ['30 February', event('DTSTART;VALUE=DATE:20260230'), 5],
    ['29 February of 1900', event('DTSTART;VALUE=DATE:19000229'), 5],
    ['hour 24', event('DTSTART:20260105T240000Z'), 5],
    ['a time under VALUE=DATE', event('DTSTART;VALUE=DATE:20260105T090000Z'), 5],
    ['a date under VALUE=DATE-TIME', event('DTSTART;VALUE=DATE-TIME:20260105'), 5],
    ['no date at all', event('DTSTART:tomorrow'), 5],
    ['DTEND before DTSTART', timed('DTEND:20260105T080000Z'), 6],
    ['a DATE end of a DATE-TIME start', timed('DTEND;VALUE=DATE:20260106'), 6],
    ['DTEND and DURATION', timed('DTEND:20260105T100000Z', 'DURATION:PT1H'), 7],
    ['a negative DURATION', timed('DURATION:-PT1H'), 6],
    ['a DURATION without T', timed('DURATION:P1H'), 6],
    ['an unknown zone', event('DTSTART;TZID=Mars/Olympus:20260105T090000'), 5],
    ['an unknown zone in EXDATE', timed('EXDATE;TZID=Mars/Olympus:20260105T090000'), 6],
    ['no FREQ', timed('RRULE:COUNT=2'), 6],
    ['an unknown FREQ', timed('RRULE:FREQ=OFTEN'), 6],
    ['COUNT and UNTIL', timed('RRULE:FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z'), 6],
    ['COUNT=0', timed('RRULE:FREQ=DAILY;COUNT=0'), 6],
    ['INTERVAL=0', timed('RRULE:FREQ=DAILY;INTERVAL=0'), 6],
    ['a part twice', timed('RRULE:FREQ=DAILY;FREQ=WEEKLY'), 6],
    ['an unknown part', timed('RRULE:FREQ=DAILY;BYMOON=1'), 6],
    ['BYMONTH=13', timed('RRULE:FREQ=YEARLY;BYMONTH=13'), 6],
    ['BYMONTHDAY=0', timed('RRULE:FREQ=MONTHLY;BYMONTHDAY=0'), 6],
    ['BYDAY=XX', timed('RRULE:FREQ=WEEKLY;BYDAY=XX'), 6],
    ['BYDAY with a number in WEEKLY', timed('RRULE:FREQ=WEEKLY;BYDAY=1MO'), 6],
    ['BYWEEKNO in MONTHLY', timed('RRULE:FREQ=MONTHLY;BYWEEKNO=1'), 6],
    ['BYYEARDAY in DAILY', timed('RRULE:FREQ=DAILY;BYYEARDAY=1'), 6],
    ['BYSETPOS alone', timed('RRULE:FREQ=MONTHLY;BYSETPOS=1'), 6],
    ['another RSCALE', timed('RRULE:RSCALE=HEBREW;FREQ=YEARLY'), 6],
    ['SEQUENCE that is no number', timed('SEQUENCE:one'), 6],
    ['a broken DTSTAMP', timed('DTSTAMP:yesterday'), 6],
    ['an alarm without TRIGGER', alarm('ACTION:AUDIO'), 6],
    ['an alarm without ACTION', alarm('TRIGGER:-PT5M'), 6],
    ['a broken DURATION of an alarm', alarm('ACTION:AUDIO', 'TRIGGER:-PT5M', 'DURATION:x'), 9],
    ['a broken FREEBUSY', calendar('BEGIN:VFREEBUSY', 'UID:u', START, 'FREEBUSY:x/y', 'END:VFREEBUSY'), 6],
    ['a broken TRIGGER', alarm('ACTION:AUDIO', 'TRIGGER:soon'), 8],
    ['a VTIMEZONE without parts', calendar('BEGIN:VTIMEZONE', 'TZID:x', 'END:VTIMEZONE', ...override()), 3],
    ['a period that ends before it starts', timed('RDATE;VALUE=PERIOD:20260106T090000Z/20260105T090000Z'), 6],
    ['nesting without end', 'BEGIN:VCALENDAR\n'.repeat(20), 9],
  ])('%s', (_, text, line) => {
    const fault = readCalendarObject(text);
    expect(fault).toMatchObject({ code: 'valid-calendar-data' });
    expect((fault as { line?: number }).line).toBe(line);
  });
});

describe('RFC 4791 4.1: what is no calendar object resource is refused', () => {
  test.each([
    ['METHOD', calendar('METHOD:REQUEST', ...override()), 3],
    ['nothing but a calendar', calendar(), 1],
    ['two kinds', calendar(...override(), 'BEGIN:VTODO', 'UID:u', 'END:VTODO'), 7],
    ['two UIDs', calendar(...override(), 'BEGIN:VEVENT', 'UID:v', START, 'END:VEVENT'), 8],
    ['two masters', calendar(...override(), ...override()), 7],
    [
      'two overrides of one instance',
      calendar(...override('RECURRENCE-ID:20260105T090000Z'), ...override('RECURRENCE-ID:20260105T090000Z')),
      8,
    ],
    [
      'two overrides of one instance in different zones',
      calendar(
        ...override('RRULE:FREQ=DAILY'),
        ...override('RECURRENCE-ID:20260106T090000Z'),
        ...override('RECURRENCE-ID;TZID=Europe/Berlin:20260106T100000'),
      ),
      13,
    ],
  ])('%s', (_, text, line) => {
    expect(readCalendarObject(text)).toMatchObject({ code: 'valid-calendar-object-resource', line });
  });

  test('a component that is not supported is named as such', () => {
    const text = calendar('BEGIN:VAVAILABILITY', 'UID:u', 'END:VAVAILABILITY');
    expect(readCalendarObject(text)).toMatchObject({ code: 'supported-calendar-component', line: 3 });
  });
});

describe('RFC 4791 5.2.8: rules that are too dense are refused as max-instances', () => {
  test.each([
    'FREQ=SECONDLY',
    'FREQ=MINUTELY',
    'FREQ=SECONDLY;COUNT=100000',
    'FREQ=DAILY;BYHOUR=1,2,3,4,5;BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20',
    'FREQ=MONTHLY;BYMONTHDAY=1;COUNT=999999',
  ])('%s', (rule) => {
    expect(readCalendarObject(timed(`RRULE:${rule}`))).toMatchObject({ code: 'max-instances', line: 6 });
  });

  test.each([
    'FREQ=SECONDLY;COUNT=10',
    'FREQ=MINUTELY;UNTIL=20260106T000000Z',
    'FREQ=HOURLY',
    'FREQ=DAILY;COUNT=99999',
    'FREQ=SECONDLY;INTERVAL=3600',
  ])('%s is taken', (rule) => {
    expect(isCalendarFault(readCalendarObject(timed(`RRULE:${rule}`)))).toBe(false);
  });
});
