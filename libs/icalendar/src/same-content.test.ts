import { describe, expect, test } from 'vitest';
import { sameContent } from './same-content.js';

const calendar = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
const START = 'DTSTART;TZID=Europe/Berlin:20260105T090000';
const ZONE = (offset: string) => [
  ...['BEGIN:VTIMEZONE', 'TZID:Own', 'BEGIN:STANDARD', 'DTSTART:19700101T000000', `TZOFFSETFROM:${offset}`],
  ...[`TZOFFSETTO:${offset}`, 'END:STANDARD', 'END:VTIMEZONE'],
];
const plain = calendar(
  ...event(START, 'SUMMARY:a\\nb', 'RRULE:FREQ=WEEKLY;BYDAY=MO', 'ATTENDEE;CN="A";ROLE=CHAIR:mailto:a@x'),
);

describe('R6: two objects are the same to others', () => {
  test.each([
    ['a reminder', ['BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-PT5M', 'END:VALARM']],
    ['a dismissal', ['X-MOZ-LASTACK:20260105T075500Z', 'X-MOZ-GENERATION:2']],
    [
      'stamps and SEQUENCE',
      ['DTSTAMP:20260101T000000Z', 'LAST-MODIFIED:20260101T000000Z', 'SEQUENCE:2', 'CREATED:20260101T000000Z'],
    ],
    ['defaults', ['TRANSP:OPAQUE', 'CLASS:PUBLIC', 'PRIORITY:0', 'LOCATION:']],
  ])('but for %s', (_, lines) => {
    expect(sameContent(plain, plain.replace('END:VEVENT', `${lines.join('\r\n')}\r\nEND:VEVENT`))).toBe(true);
  });

  test('but for order, folding, case and escapes of the program', () => {
    const rewritten = [
      ...['BEGIN:VCALENDAR', 'PRODID:-//Mozilla', 'VERSION:2.0', 'begin:vevent', 'ATTENDEE;ROLE=CHAIR;CN=A:mailto:a@x'],
      ...['RRULE:BYDAY=MO;FREQ=WEEKLY', 'SUMMARY:a\\N', ' b', 'UID:u', START, 'END:VEVENT', 'END:VCALENDAR'],
    ].join('\n');
    expect(sameContent(plain, rewritten)).toBe(true);
  });

  test('whatever zone a RECURRENCE-ID is written in, and in whatever order overrides come', () => {
    const series = event(START, 'RRULE:FREQ=DAILY');
    const moved = (id: string) => event(id, 'DTSTART:20260106T100000Z');
    const local = moved('RECURRENCE-ID;TZID=Europe/Berlin:20260106T090000');
    expect(
      sameContent(calendar(...series, ...local), calendar(...moved('RECURRENCE-ID:20260106T080000Z'), ...series)),
    ).toBe(true);
  });
});

describe('R6: two objects differ to others', () => {
  test.each([
    ['in text', (text: string) => text.replace('a\\nb', 'c')],
    ['in time', (text: string) => text.replace('T090000', 'T100000')],
    ['in zone', (text: string) => text.replace('Europe/Berlin', 'Europe/London')],
    ['in a parameter', (text: string) => text.replace('CHAIR', 'OPT-PARTICIPANT')],
    ['in privacy', (text: string) => text.replace('VERSION:2.0', 'VERSION:2.0\r\nX-CALENDARSERVER-ACCESS:PRIVATE')],
    ['in class', (text: string) => text.replace('UID:u', 'UID:u\r\nCLASS:PRIVATE')],
    ['in one property more', (text: string) => text.replace('UID:u', 'UID:u\r\nX-A:1')],
    ['in that one cannot be read', () => 'x'],
  ])('%s', (_, change) => {
    expect(sameContent(plain, change(plain))).toBe(false);
  });

  test('in one override more, and in the rules of a zone of their own', () => {
    const series = event(START, 'RRULE:FREQ=DAILY');
    const override = event('RECURRENCE-ID:20260106T080000Z', 'DTSTART:20260106T100000Z');
    expect(sameContent(calendar(...series), calendar(...series, ...override))).toBe(false);
    const own = event('DTSTART;TZID=Own:20260105T090000');
    expect(sameContent(calendar(...ZONE('+0100'), ...own), calendar(...ZONE('+0200'), ...own))).toBe(false);
  });
});
