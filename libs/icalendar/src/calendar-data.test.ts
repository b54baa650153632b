import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CalendarDataSpec, presentCalendarData } from './calendar-data.js';
import { isCalendarFault } from './calendar-fault.js';
import { type CalendarObject, readCalendarObject } from './calendar-object.js';
import { occurrencesWithin } from './occurrences.js';
import { utc, type Zone, zoneById } from './zone.js';

function presented(...question: Parameters<typeof presentCalendarData>): string {
  const text = presentCalendarData(...question);
  if (isCalendarFault(text)) throw new Error(text.reason);
  return text;
}

const BERLIN = [
  ...['BEGIN:VTIMEZONE', 'TZID:Europe/Berlin', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'TZOFFSETFROM:+0200'],
  ...['TZOFFSETTO:+0100', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'END:STANDARD', 'BEGIN:DAYLIGHT'],
  ...['DTSTART:19700329T020000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'],
  ...['END:DAYLIGHT', 'END:VTIMEZONE'],
];
const SERIES = [
  ...BERLIN,
  ...['BEGIN:VEVENT', 'UID:u', 'SUMMARY:Weekly', 'DTSTART;TZID=Europe/Berlin:20250317T090000', 'DURATION:PT1H'],
  ...[
    'RRULE:FREQ=WEEKLY',
    'EXDATE;TZID=Europe/Berlin:20250407T090000',
    'BEGIN:VALARM',
    'ACTION:AUDIO',
    'TRIGGER:-PT5M',
    'END:VALARM',
  ],
  ...['END:VEVENT', 'BEGIN:VEVENT', 'UID:u', 'SUMMARY:Moved', 'RECURRENCE-ID;TZID=Europe/Berlin:20250331T090000'],
  ...['DTSTART;TZID=Europe/Berlin:20250401T140000', 'DTEND;TZID=Europe/Berlin:20250401T150000', 'END:VEVENT'],
];

const seconds = (text: string) => Date.parse(`${text}Z`) / 1000;
const range = (start: string, end: string) => ({ start: seconds(`${start}T00:00`), end: seconds(`${end}T00:00`) });

function read(lines: readonly string[]): CalendarObject {
  const object = readCalendarObject(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\r\n'));
  if (isCalendarFault(object)) throw new Error(object.reason);
  return object;
}

function present(lines: readonly string[], spec: CalendarDataSpec, observer = utc): readonly string[] {
  return presented(read(lines), spec, observer).trimEnd().split('\r\n').slice(2, -1);
}

test('an empty spec gives everything as it was sent', () => {
  expect(present(SERIES, {})).toEqual(SERIES);
});

describe('RFC 4791 9.6.5: expand', () => {
  test('gives each instance in UTC with a RECURRENCE-ID, without rules and time zones', () => {
    expect(present(SERIES, { expand: range('2025-03-24', '2025-04-15') })).toEqual([
      ...[
        'BEGIN:VEVENT',
        'UID:u',
        'SUMMARY:Weekly',
        'DTSTART:20250324T080000Z',
        'RECURRENCE-ID:20250324T080000Z',
        'DURATION:PT1H',
      ],
      ...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT5M', 'END:VALARM', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:u', 'SUMMARY:Moved', 'DTSTART:20250401T120000Z', 'RECURRENCE-ID:20250331T070000Z'],
      ...['DTEND:20250401T130000Z', 'END:VEVENT'],
      ...[
        'BEGIN:VEVENT',
        'UID:u',
        'SUMMARY:Weekly',
        'DTSTART:20250414T070000Z',
        'RECURRENCE-ID:20250414T070000Z',
        'DURATION:PT1H',
      ],
      ...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT5M', 'END:VALARM', 'END:VEVENT'],
    ]);
  });

  test('keeps DATE and floating times', () => {
    const days = [
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTART;VALUE=DATE:20250329',
      'DTEND;VALUE=DATE:20250331',
      'RRULE:FREQ=WEEKLY',
      'END:VEVENT',
    ];
    expect(present(days, { expand: range('2025-04-06', '2025-04-07') }, zoneById('Europe/Berlin') as Zone)).toEqual([
      ...[
        'BEGIN:VEVENT',
        'UID:u',
        'DTSTART;VALUE=DATE:20250405',
        'RECURRENCE-ID;VALUE=DATE:20250405',
        'DTEND;VALUE=DATE:20250407',
        'END:VEVENT',
      ],
    ]);
    const floating = ['BEGIN:VEVENT', 'UID:u', 'DTSTART:20250329T230000', 'DTEND:20250330T040000', 'END:VEVENT'];
    expect(present(floating, { expand: range('2025-03-30', '2025-03-31') }, zoneById('Europe/Berlin') as Zone)).toEqual(
      floating,
    );
  });

  test('writes a nominal day as the hours that it has', () => {
    const event = ['BEGIN:VEVENT', 'UID:u', 'DTSTART;TZID=Europe/Berlin:20250329T120000', 'DURATION:P1D', 'END:VEVENT'];
    expect(present(event, { expand: range('2025-03-29', '2025-03-31') })).toEqual([
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTART:20250329T110000Z',
      'DURATION:PT23H',
      'END:VEVENT',
    ]);
  });

  test('works for tasks, with and without DTSTART, and for journals', () => {
    const task = ['BEGIN:VTODO', 'UID:u', 'DUE;TZID=Europe/Berlin:20250101T100000', 'RRULE:FREQ=DAILY', 'END:VTODO'];
    expect(present(task, { expand: range('2025-01-02', '2025-01-03') })).toEqual([
      'BEGIN:VTODO',
      'UID:u',
      'DUE:20250102T090000Z',
      'RECURRENCE-ID:20250102T090000Z',
      'END:VTODO',
    ]);
    const undated = ['BEGIN:VTODO', 'UID:u', 'SUMMARY:x', 'END:VTODO'];
    expect(present(undated, { expand: range('2025-01-02', '2025-01-03') })).toEqual(undated);
    const journal = [
      'BEGIN:VJOURNAL',
      'UID:u',
      'DTSTART;VALUE=DATE:20250101',
      'RDATE;VALUE=DATE:20250102',
      'END:VJOURNAL',
    ];
    expect(present(journal, { expand: range('2025-01-02', '2025-01-03') })).toEqual([
      'BEGIN:VJOURNAL',
      'UID:u',
      'DTSTART;VALUE=DATE:20250102',
      'RECURRENCE-ID;VALUE=DATE:20250102',
      'END:VJOURNAL',
    ]);
  });

  test('puts other times with a zone into UTC as well', () => {
    const event = [
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTART:20250101T100000Z',
      'X-END;TZID=Europe/Berlin:20250101T100000',
      'X-ODD;TZID=No/Zone:20250101T100000',
      'END:VEVENT',
    ];
    expect(present(event, { expand: range('2025-01-01', '2025-01-03') })).toEqual([
      'BEGIN:VEVENT',
      'UID:u',
      'DTSTART:20250101T100000Z',
      'X-END:20250101T090000Z',
      'X-ODD;TZID=No/Zone:20250101T100000',
      'END:VEVENT',
    ]);
  });

  test('contains exactly the occurrences of the range', () => {
    const given = fc.record({
      zone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata'),
      hour: fc.integer({ min: 0, max: 23 }),
      length: fc.integer({ min: 0, max: 50 }),
      rule: fc.constantFrom(
        'FREQ=DAILY',
        'FREQ=WEEKLY;BYDAY=MO,FR',
        'FREQ=MONTHLY;BYMONTHDAY=-1',
        'FREQ=DAILY;INTERVAL=2;COUNT=20',
        'FREQ=HOURLY;INTERVAL=9',
      ),
      from: fc.integer({ min: -5, max: 400 }),
      days: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(given, ({ zone, hour, length, rule, from, days }) => {
        const time = String(hour).padStart(2, '0');
        const object = read([
          'BEGIN:VEVENT',
          'UID:u',
          `DTSTART;TZID=${zone}:20250301T${time}0000`,
          `DURATION:PT${length}H`,
          `RRULE:${rule}`,
          'END:VEVENT',
        ]);
        const start = seconds('2025-03-01T00:00') + from * 86_400;
        const expand = { start, end: start + days * 86_400 };
        const { spans } = occurrencesWithin(object, expand.start, expand.end);
        const expected = spans
          .filter((_, index) => index % 2 === 0)
          .map((instant) => new Date(instant * 1000).toISOString().replace(/[-:]|\.000/g, ''));
        const text = presented(object, { expand }, utc);
        expect([...text.matchAll(/DTSTART:(.*)\r/g)].map(([, value]) => value)).toEqual(expected);
        expect(text.match(/RRULE|TZID/)).toBeNull();
      }),
      { numRuns: 300 },
    );
  });
});

describe('RFC 4791 9.6.6: limit-recurrence-set', () => {
  const names = (spec: CalendarDataSpec) => present(SERIES, spec).filter((line) => line.startsWith('SUMMARY'));
  test.each([
    ['the new place of the override', range('2025-04-01', '2025-04-02'), ['SUMMARY:Weekly', 'SUMMARY:Moved']],
    ['the old place of the override', range('2025-03-31', '2025-04-01'), ['SUMMARY:Weekly', 'SUMMARY:Moved']],
    ['neither', range('2025-06-01', '2025-06-30'), ['SUMMARY:Weekly']],
  ])('a range with %s', (_, limitRecurrenceSet, expected) => {
    expect(names({ limitRecurrenceSet })).toEqual(expected);
  });

  test('an override of this and future instances stays where it has effect', () => {
    const future = SERIES.map((line) => line.replace('RECURRENCE-ID;', 'RECURRENCE-ID;RANGE=THISANDFUTURE;'));
    const kept = (limit: CalendarDataSpec['limitRecurrenceSet']) =>
      present(future, limit === undefined ? {} : { limitRecurrenceSet: limit }).includes('SUMMARY:Moved');
    expect([kept(range('2025-09-01', '2025-09-30')), kept(range('2025-03-01', '2025-03-30'))]).toEqual([true, false]);
  });
});

test('RFC 4791 9.6.7: limit-freebusy-set keeps the periods that overlap', () => {
  const lines = [
    'BEGIN:VFREEBUSY',
    'UID:u',
    'FREEBUSY;FBTYPE=BUSY:20250101T100000Z/PT1H,20250103T100000Z/PT1H',
    'FREEBUSY:20250105T100000Z/PT1H',
    'END:VFREEBUSY',
  ];
  expect(present(lines, { limitFreebusySet: range('2025-01-03', '2025-01-04') })).toEqual([
    'BEGIN:VFREEBUSY',
    'UID:u',
    'FREEBUSY;FBTYPE=BUSY:20250103T100000Z/PT1H',
    'END:VFREEBUSY',
  ]);
});

describe('RFC 4791 9.6.1: comp and prop', () => {
  test('give the named parts only, with or without values', () => {
    const event = {
      name: 'vevent',
      props: [
        { name: 'uid', noValue: false },
        { name: 'DTSTART', noValue: true },
      ],
      comps: [],
    };
    const spec: CalendarDataSpec = {
      comp: { name: 'VCALENDAR', props: [{ name: 'VERSION', noValue: false }], comps: [event] },
    };
    expect(presented(read(SERIES), spec, utc).split('\r\n')).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'UID:u', 'DTSTART;TZID=Europe/Berlin:', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'UID:u', 'DTSTART;TZID=Europe/Berlin:', 'END:VEVENT', 'END:VCALENDAR', ''],
    ]);
  });

  test('all of both is everything', () => {
    expect(present(SERIES, { comp: { name: 'VCALENDAR', props: 'all', comps: 'all' } })).toEqual(SERIES);
  });
});

test('RFC 4791 5.2.8: a series is not expanded into more than 5,000 instances', () => {
  const expand = { start: 0, end: 4_000_000_000 };
  const daily = ['BEGIN:VEVENT', 'UID:u', 'DTSTART:20000101T100000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT'];
  expect(presentCalendarData(read(daily), { expand }, utc)).toMatchObject({ code: 'max-instances' });
});
