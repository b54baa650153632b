import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import type { CalendarObjectFacts } from './facts.js';

const HOUR = 3600;
const at = (hour: number) => Date.UTC(2025, 0, 5, hour) / 1000;

function facts(name: string, ...lines: string[]): CalendarObjectFacts {
  const text = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `BEGIN:${name}`,
    'UID:u',
    ...lines,
    `END:${name}`,
    'END:VCALENDAR',
  ].join('\n');
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(object.reason);
  return object.facts;
}
const AT_10 = 'DTSTART:20250105T100000Z';
const AGAIN = ['END:VEVENT', 'BEGIN:VEVENT', 'UID:u', 'RECURRENCE-ID:20250105T100000Z'];

describe('the bounds of an object', () => {
  test.each([
    ['an event', facts('VEVENT', AT_10, 'DURATION:PT2H'), at(10), at(12)],
    ['an endless rule', facts('VEVENT', AT_10, 'RRULE:FREQ=DAILY'), at(10), null],
    ['COUNT', facts('VEVENT', AT_10, 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=3'), at(10), at(59)],
    ['UNTIL', facts('VEVENT', AT_10, 'RRULE:FREQ=DAILY;UNTIL=20250107T100000Z'), at(10), at(58)],
    [
      'an override that lies outside',
      facts('VEVENT', AT_10, 'RRULE:FREQ=DAILY;COUNT=2', ...AGAIN, 'DTSTART:20250104T000000Z'),
      at(-24),
      at(34),
    ],
    ['an RDATE that lies outside', facts('VEVENT', AT_10, 'RDATE:20250109T100000Z'), at(10), at(106)],
    ['a DATE', facts('VEVENT', 'DTSTART;VALUE=DATE:20250105'), at(-14), at(36)],
    ['a floating time', facts('VEVENT', 'DTSTART:20250105T100000'), at(-4), at(22)],
    ['a zone', facts('VEVENT', 'DTSTART;TZID=Europe/Berlin:20250105T100000'), at(9), at(9)],
    ['a task without dates', facts('VTODO'), null, null],
    ['a task that was made', facts('VTODO', 'CREATED:20250105T100000Z'), at(10), null],
    ['a task that is done', facts('VTODO', 'CREATED:20250105T100000Z', 'COMPLETED:20250105T120000Z'), at(10), at(12)],
    ['a task with DUE', facts('VTODO', 'DUE:20250105T100000Z'), at(10), at(10)],
    [
      'a list of busy periods',
      facts('VFREEBUSY', 'FREEBUSY:20250105T100000Z/PT1H,20250105T150000Z/PT1H'),
      at(10),
      at(16),
    ],
  ])('%s', (_, { start, end }, from, to) => {
    expect([start, end]).toEqual([from, to]);
  });
});

test.each([
  ['utc', facts('VEVENT', AT_10)],
  ['utc', facts('VEVENT', 'DTSTART;TZID=Europe/Berlin:20250105T100000', 'DTEND:20250105T100000Z')],
  ['local', facts('VEVENT', 'DTSTART;VALUE=DATE:20250105')],
  ['local', facts('VEVENT', 'DTSTART:20250105T100000', 'DTEND:20250105T110000')],
  ['mixed', facts('VEVENT', 'DTSTART:20250105T100000', 'DTEND:20250105T110000Z')],
  ['mixed', facts('VEVENT', AT_10, 'RRULE:FREQ=DAILY', ...AGAIN, 'DTSTART;VALUE=DATE:20250105')],
])('the clock is %s %#', (clock, found) => {
  expect(found.clock).toBe(clock);
});

test.each([
  ['BUSY', facts('VEVENT', AT_10)],
  ['FREE', facts('VEVENT', AT_10, 'TRANSP:TRANSPARENT')],
  ['FREE', facts('VEVENT', AT_10, 'STATUS:CANCELLED')],
  ['BUSY-TENTATIVE', facts('VEVENT', AT_10, 'STATUS:TENTATIVE')],
  ['mixed', facts('VEVENT', AT_10, ...AGAIN, AT_10, 'STATUS:CANCELLED')],
  ['FREE', facts('VTODO')],
])('RFC 4791 7.10: the event counts as %s %#', (busy, found) => {
  expect(found.busy).toBe(busy);
});

test('recurrence and alarms are known, and the facts are plain JSON', () => {
  const alarm = ['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:PT0S', 'END:VALARM'];
  expect(facts('VEVENT', AT_10, ...alarm)).toMatchObject({ recurring: false, alarms: true });
  const found = facts('VEVENT', AT_10, 'RRULE:FREQ=DAILY');
  expect(found).toMatchObject({ uid: 'u', component: 'VEVENT', recurring: true, alarms: false });
  expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  expect(at(1) - at(0)).toBe(HOUR);
});
