import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarObject } from './calendar-object.js';
import { joinCalendar } from './join-calendar.js';
import { splitCalendar } from './split-calendar.js';

const zone = (tzid: string) => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0100',
  'END:STANDARD',
  'END:VTIMEZONE',
];
const event = (uid: string, ...lines: string[]) => ['BEGIN:VEVENT', `UID:${uid}`, ...lines, 'END:VEVENT'];
const calendar = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const local = (tzid: string) => `DTSTART;TZID=${tzid}:20250105T100000`;

describe('splitCalendar', () => {
  const split = (text: string) => {
    const objects = splitCalendar(text);
    if (isCalendarFault(objects)) throw new Error(objects.reason);
    return objects;
  };

  test('gives one object for each UID with the time zones that it uses, without METHOD', () => {
    const override = event('a', 'RECURRENCE-ID:20250106T090000Z', local('C'));
    const text = calendar(
      'METHOD:PUBLISH',
      'X-WR-CALNAME:n',
      ...zone('A'),
      ...zone('B'),
      ...zone('C'),
      ...event('a', local('A')),
      ...event('b', local('B')),
      ...override,
    );
    expect(split(text)).toEqual([
      { uid: 'a', text: calendar(...zone('A'), ...zone('C'), ...event('a', local('A')), ...override) },
      { uid: 'b', text: calendar(...zone('B'), ...event('b', local('B'))) },
    ]);
    for (const object of split(text)) expect(readCalendarObject(object.text)).toMatchObject({ uid: object.uid });
  });

  test('looks through a large file without reading it: an object with the largest time zone is made when it is asked for', () => {
    const many = Array.from({ length: 60_000 }, (_, at) => event(`u${at}`, local('A')).join('\r\n'));
    const lines = Array.from({ length: 20_000 }, (_, at) => `X-LONG-${at}:x`).join('\r\n');
    const large = zone('A').join('\r\n').replace('END:STANDARD', `${lines}\r\nEND:STANDARD`);
    const objects = split(calendar(large, many.join('\r\n')));
    expect(objects).toHaveLength(60_000);
    expect(objects[59_999]?.text).toContain('X-LONG-19999:x\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n');
  });

  test('finds ids and time zones in any spelling, and ends lines alike', () => {
    const text = calendar(
      ...zone('A/B'),
      'begin:vevent',
      'Uid;X-P="a:b":long',
      ' er',
      'DTSTART;VALUE=DATE-TIME;TZ',
      ' ID="A/B":20250105T100000',
      'end:vevent',
    );
    const [object, ...others] = split(text.replaceAll('\r\n', '\n'));
    expect([object?.uid, others]).toEqual(['longer', []]);
    expect(object?.text).toContain('TZID:A/B\r\n');
    expect(object?.text).not.toMatch(/[^\r]\n/);
    expect(readCalendarObject(object?.text ?? '')).toMatchObject({ uid: 'longer' });
  });

  test('leaves a component that cannot be read to who reads it, and no other one', () => {
    const objects = split(calendar(...event('a', 'NOT A LINE'), ...event('b', local('UTC'))));
    expect(objects.map(({ text }) => isCalendarFault(readCalendarObject(text)))).toEqual([true, false]);
  });

  test.each([
    ['what is not closed', 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nEND:VCALENDAR'],
    ['two calendars', calendar().repeat(2)],
    ['what stands outside', `${calendar()}X:1`],
    ['what is nested without end', `BEGIN:VCALENDAR\n${'BEGIN:X\n'.repeat(20)}`],
  ])('refuses %s', (_what, text) => {
    expect(isCalendarFault(splitCalendar(text))).toBe(true);
  });

  test('names the line of a component without UID', () => {
    const text = calendar(...event('a', local('UTC')), 'BEGIN:VEVENT', local('UTC'), 'END:VEVENT');
    expect(splitCalendar(text)).toMatchObject({ code: 'valid-calendar-data', line: 8 });
  });

  test('refuses what is no iCalendar and gives nothing for an empty calendar', () => {
    expect(isCalendarFault(splitCalendar('x'))).toBe(true);
    expect(split(calendar())).toEqual([]);
  });
});

describe('joinCalendar', () => {
  test('joins objects, each time zone once before its first use, under a name', () => {
    const texts = [
      calendar(...zone('A'), ...event('a', local('A'))),
      'broken',
      calendar(...zone('A'), ...zone('B'), ...event('b', local('B'))),
    ];
    expect(joinCalendar(texts, { name: 'Work, home' }).split('\r\n')).toEqual([
      ...[
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Almanac//CalDAV//EN',
        'CALSCALE:GREGORIAN',
        'NAME:Work\\, home',
        'X-WR-CALNAME:Work\\, home',
      ],
      ...[...zone('A'), ...event('a', local('A')), ...zone('B'), ...event('b', local('B')), 'END:VCALENDAR', ''],
    ]);
  });

  test('what was joined splits again', () => {
    const texts = [calendar(...zone('A'), ...event('a', local('A'))), calendar(...event('b', local('UTC')))];
    const again = splitCalendar(joinCalendar(texts, {}));
    expect(again).toMatchObject([{ uid: 'a' }, { uid: 'b' }]);
  });
});
