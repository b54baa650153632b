import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { type CalendarObject, readCalendarObject } from './calendar-object.js';
import { withAccessOfClass } from './access-for-apple.js';
import { attendeeAddresses } from './attendee-addresses.js';
import { maskAll, maskPrivate } from './mask-private.js';
import { isPrivate } from './privacy.js';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
const zone = (id: string) => [
  ...['BEGIN:VTIMEZONE', `TZID:${id}`, 'BEGIN:STANDARD', 'DTSTART:19700101T000000', 'TZOFFSETFROM:+0100'],
  ...['TZOFFSETTO:+0100', 'END:STANDARD', 'END:VTIMEZONE'],
];
const START = 'DTSTART;TZID=Own:20260105T090000';
const TIMES = [START, 'DTEND;TZID=Own:20260105T100000', 'RRULE:FREQ=DAILY', 'EXDATE;TZID=Own:20260107T090000'];
const SECRETS = [
  ...['SUMMARY:secret', 'DESCRIPTION:secret', 'LOCATION:secret', 'CATEGORIES:secret', 'ATTENDEE:mailto:secret@x'],
  ...['ORGANIZER:mailto:secret@x', 'ATTACH:https://secret/', 'URL:https://secret/', 'COMMENT:secret', 'GEO:1;2'],
  ...['X-ALT-DESC:secret', 'COLOR:red', 'PRIORITY:1', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:secret'],
  ...['TRIGGER:-PT5M', 'END:VALARM', 'BEGIN:X-PART', 'X-A:secret', 'END:X-PART'],
];
const override = (...lines: readonly string[]) =>
  event('RECURRENCE-ID;X-A=secret;TZID=Own:20260106T090000', START, ...lines);

function facts(text: string): CalendarObject['facts'] {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(object.reason);
  return object.facts;
}

describe('V4: private appointments are busy time to others', () => {
  const text = calendar(
    ...['PRODID:p', 'X-WR-CALNAME:secret', ...zone('Own'), ...zone('Secret'), 'BEGIN:X-C', 'X-A:secret', 'END:X-C'],
    ...event(...TIMES, 'CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', 'STATUS:TENTATIVE', ...SECRETS),
    ...override(...SECRETS),
  );

  test('nothing is shown but when, in any component', () => {
    expect(maskPrivate(text)).toBe(
      calendar(
        ...['PRODID:p', ...zone('Own')],
        ...event(...TIMES, 'CLASS:CONFIDENTIAL', 'TRANSP:OPAQUE', 'STATUS:TENTATIVE', 'SUMMARY:Busy'),
        ...event('RECURRENCE-ID;TZID=Own:20260106T090000', START, 'SUMMARY:Busy'),
      ),
    );
  });

  test('they take the same time as before', () => {
    expect(facts(maskPrivate(text))).toEqual({ ...facts(text), alarms: false });
  });

  test.each([
    [
      'the master',
      calendar(...event(START, 'RRULE:FREQ=DAILY', 'CLASS:PRIVATE', 'SUMMARY:secret'), ...override('SUMMARY:secret')),
    ],
    [
      'one exception',
      calendar(...event(START, 'RRULE:FREQ=DAILY', 'SUMMARY:secret'), ...override('CLASS:PRIVATE', 'SUMMARY:secret')),
    ],
    ['the calendar, by macOS', calendar('X-CALENDARSERVER-ACCESS:RESTRICTED', ...event(START, 'SUMMARY:secret'))],
    ['a class that nobody knows', calendar(...event(START, 'CLASS:X-MINE', 'SUMMARY:secret'))],
    ['a task', calendar('BEGIN:VTODO', 'UID:u', 'CLASS:PRIVATE', 'SUMMARY:secret', 'DESCRIPTION:secret', 'END:VTODO')],
    ['a journal entry', calendar('BEGIN:VJOURNAL', 'UID:u', 'CLASS:PRIVATE', 'DESCRIPTION:secret', 'END:VJOURNAL')],
  ])('private is %s', (_, sent) => {
    const withZone = sent.replace('VERSION:2.0', `VERSION:2.0\r\n${zone('Own').join('\r\n')}`);
    expect(isPrivate(withZone)).toBe(true);
    expect(facts(withZone).private).toBe(true);
    expect(maskPrivate(withZone)).not.toContain('secret');
    expect(maskPrivate(withZone)).toContain('SUMMARY:Busy');
  });

  test('public ones are the very same text, and facts of theirs have no word of it', () => {
    for (const lines of [['CLASS:PUBLIC'], [], ['CLASS:']]) {
      const sent = calendar(...zone('Own'), ...event(START, ...lines));
      expect(maskPrivate(sent)).toBe(sent);
      expect(facts(sent)).not.toHaveProperty('private');
    }
  });

  test('S1: who may see busy times only sees nothing else of public ones either', () => {
    const masked = maskAll(calendar(...zone('Own'), ...event(...TIMES, ...SECRETS)));
    expect(masked).toBe(calendar(...zone('Own'), ...event(...TIMES, 'SUMMARY:Busy')));
    expect(maskAll(masked)).toBe(masked);
  });

  test('what cannot be read is not shown', () => {
    expect(isPrivate('secret')).toBe(true);
    for (const mask of [maskAll, maskPrivate]) expect(mask('secret')).not.toContain('secret');
  });
});

test("V4: Apple's programs are told by X-CALENDARSERVER-ACCESS", () => {
  const start = 'DTSTART:20260105T090000Z';
  const told = (value: string) => withAccessOfClass(calendar(...event(start, `CLASS:${value}`)));
  expect(told('PRIVATE')).toContain('VERSION:2.0\r\nX-CALENDARSERVER-ACCESS:PRIVATE\r\n');
  expect(told('CONFIDENTIAL')).toContain('X-CALENDARSERVER-ACCESS:CONFIDENTIAL\r\n');
  expect(told('PUBLIC')).not.toContain('X-CALENDARSERVER');
  const known = calendar('X-CALENDARSERVER-ACCESS:PUBLIC', ...event(start, 'CLASS:PRIVATE'));
  expect(withAccessOfClass(known)).toBe(known);
});

test('V4: attendees are known by their addresses, whichever case and form', () => {
  const text = calendar(
    ...event(
      ...[
        'DTSTART:20260105T090000Z',
        'ORGANIZER:MAILTO:Ada@Example.org',
        'ATTENDEE:mailto:b%2Bc@x',
        'ATTENDEE:mailto:%zz',
      ],
      ...['ATTENDEE;EMAIL=D@x:urn:uuid:1', 'ATTENDEE:mailto:ada@example.org', 'ATTENDEE:mailto:'],
    ),
  );
  const expected = ['ada@example.org', 'b+c@x', '%zz', 'd@x'];
  expect(attendeeAddresses(text)).toEqual(expected);
  expect(attendeeAddresses(readCalendarObject(text) as CalendarObject)).toEqual(expected);
  expect(attendeeAddresses('x')).toEqual([]);
});
