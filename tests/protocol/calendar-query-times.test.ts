import { beforeAll, describe, expect, it } from 'vitest';
import { calendar as ics, event, todo } from '../support/calendar-data.js';
import { comp, eventsWithin, filter, fixedZone, found, range } from './calendar-queries.js';
import { byText } from './dav-xml.js';
import { calendarWith, type TestedService, testedService } from './tested-service.js';

let tested: TestedService;
beforeAll(async () => {
  tested = await testedService();
});

const at = (dtstart: string, ...more: string[]) => [
  dtstart.includes(':') ? `DTSTART${dtstart}` : `DTSTART:${dtstart}`,
  ...more,
];

/** A master and its overrides as one object. */
const series = (uid: string, master: readonly string[], ...overrides: (readonly string[])[]) =>
  ics(
    [master, ...overrides].flatMap((lines) => [
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20260101T000000Z',
      ...lines,
      'END:VEVENT',
    ]),
  );

describe('VEVENT (RFC 4791 9.9)', () => {
  let url: string;
  beforeAll(async () => {
    url = await calendarWith(tested.dav, {
      'timed.ics': event('timed', at('20260310T100000Z', 'DTEND:20260310T110000Z')),
      'duration.ics': event('duration', at('20260310T100000Z', 'DURATION:PT30M')),
      'zero.ics': event('zero', at('20260310T103000Z')),
      'nolength.ics': event('nolength', at('20260310T103000Z', 'DURATION:PT0S')),
      'days.ics': event('days', at(';VALUE=DATE:20260311', 'DTEND;VALUE=DATE:20260313')),
      'day.ics': event('day', at(';VALUE=DATE:20260315')),
    });
  });

  it.each([
    ['overlapping', '20260310T103000Z', '20260310T103100Z', ['timed', 'zero', 'nolength']],
    ['ending where it starts', '20260310T090000Z', '20260310T100000Z', []],
    ['starting where it ends', '20260310T110000Z', '20260310T120000Z', []],
    [
      'starting where one ends and the other goes on',
      '20260310T103000Z',
      '20260310T110000Z',
      ['timed', 'zero', 'nolength'],
    ],
    ['ending at what has no length', '20260310T102900Z', '20260310T103000Z', ['timed', 'duration']],
    ['within', '20260310T101000Z', '20260310T101001Z', ['timed', 'duration']],
    ['around', '20260101T000000Z', '20270101T000000Z', ['timed', 'duration', 'zero', 'nolength', 'days', 'day']],
    ['the first moment of a whole day', '20260310T235959Z', '20260311T000001Z', ['days']],
    ['the last moment', '20260312T235959Z', '20260313T000000Z', ['days']],
    ['after the last moment', '20260313T000000Z', '20260313T000100Z', []],
    ['a day without an end lasts one day', '20260315T235900Z', '20260315T235959Z', ['day']],
    ['the day after', '20260316T000000Z', '20260316T120000Z', []],
  ])('%s', async (_what, start, end, names) => {
    expect(await eventsWithin(tested.dav, url, start, end)).toEqual([...names].sort(byText));
  });

  it('a range without an end, and one without a start', async () => {
    expect(await eventsWithin(tested.dav, url, '20260314T000000Z', '')).toEqual(['day']);
    expect(await eventsWithin(tested.dav, url, '', '20260310T101000Z')).toEqual(['duration', 'timed']);
  });
});

describe('floating times and whole days are seen in a zone (RFC 4791 7.3)', () => {
  const members = {
    'floating.ics': event('floating', at('20260310T100000', 'DTEND:20260310T110000')),
    'day.ics': event('day', at(';VALUE=DATE:20260310')),
  };
  const tokyo = `<c:calendar-timezone>${fixedZone('+0900')}</c:calendar-timezone>`;

  it('UTC where no zone is given', async () => {
    const url = await calendarWith(tested.dav, members);
    expect(await eventsWithin(tested.dav, url, '20260310T100000Z', '20260310T100100Z')).toEqual(['day', 'floating']);
    expect(await eventsWithin(tested.dav, url, '20260310T010000Z', '20260310T010100Z')).toEqual(['day']);
  });

  it("the collection's calendar-timezone", async () => {
    const url = await calendarWith(tested.dav, members, tokyo);
    expect(await eventsWithin(tested.dav, url, '20260310T010000Z', '20260310T010100Z')).toEqual(['day', 'floating']);
    expect(await eventsWithin(tested.dav, url, '20260309T150000Z', '20260309T150100Z')).toEqual(['day']);
    expect(await eventsWithin(tested.dav, url, '20260310T150000Z', '20260310T160000Z')).toEqual([]);
  });

  it("the request's CALDAV:timezone goes before it (9.8)", async () => {
    const url = await calendarWith(tested.dav, members, tokyo);
    const zone = `<c:timezone>${fixedZone('-0500')}</c:timezone>`;
    expect(await eventsWithin(tested.dav, url, '20260310T150000Z', '20260310T150100Z', zone)).toEqual([
      'day',
      'floating',
    ]);
    expect(await eventsWithin(tested.dav, url, '20260310T010000Z', '20260310T010100Z', zone)).toEqual([]);
  });

  it('CALDAV:timezone-id names a zone (RFC 7809 5.2)', async () => {
    const url = await calendarWith(tested.dav, members);
    const zone = '<c:timezone-id>Asia/Tokyo</c:timezone-id>';
    expect(await eventsWithin(tested.dav, url, '20260310T010000Z', '20260310T010100Z', zone)).toEqual([
      'day',
      'floating',
    ]);
  });
});

describe('recurring events (RFC 4791 7.4, 9.9)', () => {
  const berlin = ';TZID=Europe/Berlin:';
  let url: string;
  beforeAll(async () => {
    url = await calendarWith(tested.dav, {
      'daily.ics': event('daily', at('20260101T100000Z', 'DTEND:20260101T110000Z', 'RRULE:FREQ=DAILY')),
      'counted.ics': event('counted', at('20260101T200000Z', 'DTEND:20260101T203000Z', 'RRULE:FREQ=DAILY;COUNT=3')),
      'excluded.ics': event(
        'excluded',
        at('20260101T150000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY', 'EXDATE:20260105T150000Z'),
      ),
      'listed.ics': event('listed', at('20260101T170000Z', 'DURATION:PT1H', 'RDATE:20260601T170000Z,20260701T170000Z')),
      'moved.ics': series('moved', at('20260101T050000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY;COUNT=4'), [
        'RECURRENCE-ID:20260108T050000Z',
        'DTSTART:20260120T070000Z',
        'DURATION:PT1H',
      ]),
      'berlin.ics': event('berlin', [
        `DTSTART${berlin}20260301T080000`,
        `DTEND${berlin}20260301T083000`,
        'RRULE:FREQ=DAILY',
      ]),
      'birthday.ics': event('birthday', at(';VALUE=DATE:19800229', 'RRULE:FREQ=YEARLY')),
      'lastday.ics': event('lastday', at('20260131T120000Z', 'DURATION:PT15M', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1')),
      'long.ics': event('long', at('20260102T230000Z', 'DURATION:P3D', 'RRULE:FREQ=MONTHLY;COUNT=2')),
    });
  });

  it.each([
    ['an instance like any other', '20260105T103000Z', '20260105T104500Z', ['daily', 'long']],
    ['between two instances', '20260110T120000Z', '20260110T130000Z', []],
    ['the last of COUNT', '20260103T200000Z', '20260103T201000Z', ['counted', 'long']],
    ['after it', '20260104T200000Z', '20260104T201000Z', ['long']],
    ['an EXDATE', '20260105T151000Z', '20260105T152000Z', ['long']],
    ['the day before the EXDATE', '20260104T151000Z', '20260104T152000Z', ['excluded', 'long']],
    ['an RDATE', '20260601T171000Z', '20260601T172000Z', ['listed']],
    ['where a moved override was', '20260108T050000Z', '20260108T060000Z', []],
    ['where it has gone', '20260120T071000Z', '20260120T072000Z', ['moved']],
    ['an instance beside it', '20260115T050000Z', '20260115T050100Z', ['moved']],
    ['8 o’clock in Berlin before the clock springs forward', '20260328T070000Z', '20260328T070100Z', ['berlin']],
    ['8 o’clock in Berlin after it', '20260329T060000Z', '20260329T060100Z', ['berlin']],
    ['7 UTC after it', '20260329T070000Z', '20260329T070100Z', []],
    ['29 February in a leap year', '20280229T120000Z', '20280229T120100Z', ['birthday', 'lastday']],
    ['no 29 February', '20270301T120500Z', '20270301T120600Z', []],
    ['an instance that began long before the range', '20260205T220000Z', '20260205T220100Z', ['long']],
    ['2060: an endless series is still there', '20600105T103000Z', '20600105T104500Z', ['daily']],
    ['2060, with a zone', '20600701T060000Z', '20600701T060100Z', ['berlin']],
    ['2060, the last day of a month', '20600430T120000Z', '20600430T120100Z', ['lastday']],
    ['before the series', '20251231T103000Z', '20251231T104500Z', []],
  ])('%s', async (_what, start, end, names) => {
    expect(await eventsWithin(tested.dav, url, start, end)).toEqual(names);
  });

  it('an override is looked at with its own properties: property and range must fit one component', async () => {
    const folder = await calendarWith(tested.dav, {
      'a.ics': series('a', at('20260101T050000Z', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Master'), [
        'RECURRENCE-ID:20260108T050000Z',
        'DTSTART:20260108T090000Z',
        'DURATION:PT1H',
        'SUMMARY:Override',
      ]),
    });
    const where = (summary: string, start: string, end: string) =>
      found(
        tested.dav,
        folder,
        filter(
          comp(
            'VEVENT',
            `${range(start, end)}<c:prop-filter name="SUMMARY"><c:text-match>${summary}</c:text-match></c:prop-filter>`,
          ),
        ),
      );
    expect(await where('Override', '20260108T090000Z', '20260108T100000Z')).toEqual(['a']);
    expect(await where('Override', '20260115T050000Z', '20260115T060000Z')).toEqual([]);
    expect(await where('Master', '20260115T050000Z', '20260115T060000Z')).toEqual(['a']);
  });
});

describe('VTODO: the rows of the table (RFC 4791 9.9)', () => {
  const day = (number: number) => `2026030${number}T120000Z`;
  it.each([
    ['DTSTART and DURATION', ['DTSTART:20260302T120000Z', 'DURATION:PT24H'], ['2-3', '3-4', '1-5'], ['4-5']],
    ['DTSTART and DUE', ['DTSTART:20260302T120000Z', 'DUE:20260303T120000Z'], ['2-3', '1-5'], ['3-4', '4-5']],
    ['DTSTART alone', ['DTSTART:20260302T120000Z'], ['2-3'], ['1-2', '3-4']],
    ['DUE alone', ['DUE:20260303T120000Z'], ['2-3'], ['3-4', '1-2']],
    [
      'COMPLETED and CREATED',
      ['CREATED:20260302T120000Z', 'COMPLETED:20260303T120000Z', 'STATUS:COMPLETED'],
      ['2-3', '3-4', '1-5'],
      ['4-5'],
    ],
    ['COMPLETED alone', ['COMPLETED:20260303T120000Z'], ['3-4', '2-3'], ['4-5', '1-2']],
    ['CREATED alone', ['CREATED:20260303T120000Z'], ['4-5', '3-4'], ['1-2', '2-3']],
    ['no time at all: always', [], ['1-2', '4-5'], []],
    [
      'recurring',
      ['DTSTART:20260301T120000Z', 'DUE:20260301T130000Z', 'RRULE:FREQ=DAILY;INTERVAL=3'],
      ['1-2', '4-5'],
      ['2-3'],
    ],
  ])('%s', async (what, lines, hits, misses) => {
    const url = await calendarWith(tested.dav, { 't.ics': todo(what, lines) });
    const within = (days: string) => {
      const [from = '', to = ''] = days.split('-');
      return found(tested.dav, url, filter(comp('VTODO', range(day(Number(from)), day(Number(to))))));
    };
    for (const days of hits) expect([days, await within(days)]).toEqual([days, ['t']]);
    for (const days of misses) expect([days, await within(days)]).toEqual([days, []]);
  });
});

it('VJOURNAL: its DTSTART, a date being the whole day (RFC 4791 9.9)', async () => {
  const journal = (uid: string, ...lines: string[]) =>
    ics(['BEGIN:VJOURNAL', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VJOURNAL']);
  const url = await calendarWith(tested.dav, {
    'day.ics': journal('day', 'DTSTART;VALUE=DATE:20260302'),
    'time.ics': journal('time', 'DTSTART:20260302T120000Z'),
    'none.ics': journal('none'),
  });
  const within = (start: string, end: string) => found(tested.dav, url, filter(comp('VJOURNAL', range(start, end))));
  expect(await within('20260302T120000Z', '20260302T130000Z')).toEqual(['day', 'time']);
  expect(await within('20260302T130000Z', '20260302T140000Z')).toEqual(['day']);
});

describe('VALARM (RFC 4791 9.9)', () => {
  const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', ...lines, 'END:VALARM'];
  it('the time at which an alarm goes off, of every instance and repetition', async () => {
    const url = await calendarWith(tested.dav, {
      'before.ics': event('before', at('20260310T100000Z', ...alarm('TRIGGER:-PT15M'))),
      'end.ics': event('end', at('20260310T100000Z', 'DTEND:20260310T120000Z', ...alarm('TRIGGER;RELATED=END:PT5M'))),
      'absolute.ics': event('absolute', at('20260310T100000Z', ...alarm('TRIGGER;VALUE=DATE-TIME:20260301T000000Z'))),
      'repeated.ics': event('repeated', at('20260320T100000Z', ...alarm('TRIGGER:PT0S', 'REPEAT:2', 'DURATION:PT10M'))),
      'daily.ics': event('daily', at('20260401T100000Z', 'RRULE:FREQ=DAILY', ...alarm('TRIGGER:-P1D'))),
      'silent.ics': event('silent', at('20260310T094500Z')),
    });
    const within = (start: string, end: string) =>
      found(tested.dav, url, filter(comp('VEVENT', comp('VALARM', range(start, end)))));
    expect(await within('20260310T094500Z', '20260310T094501Z')).toEqual(['before']);
    expect(await within('20260310T120500Z', '20260310T120501Z')).toEqual(['end']);
    expect(await within('20260301T000000Z', '20260301T000001Z')).toEqual(['absolute']);
    expect(await within('20260320T101500Z', '20260320T102100Z')).toEqual(['repeated']);
    expect(await within('20270101T095900Z', '20270101T100100Z')).toEqual(['daily']);
    expect(await within('20260331T095900Z', '20260331T100100Z')).toEqual(['daily']);
  });
});
