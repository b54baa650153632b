import { describe, expect, test } from 'vitest';
import { isCalendarFault } from './calendar-fault.js';
import { type CalendarObject, readCalendarObject } from './calendar-object.js';
import { matches } from './comp-filter.js';
import type { CompFilter, PropFilter, TextMatch, TimeRange } from './filter.js';
import { utc, type Zone, zoneById } from './zone.js';

/** A range in hours, and whether it matches. */
type Case = readonly [hours: string, expected: boolean];

const berlin = zoneById('Europe/Berlin') as Zone;
const component = (name: string, ...lines: string[]) => [`BEGIN:${name}`, 'UID:u', ...lines, `END:${name}`];
const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', ...lines, 'END:VALARM'];
const comp = (name: string, more: Partial<CompFilter> = {}): CompFilter => ({
  name,
  propFilters: [],
  compFilters: [],
  ...more,
});
const prop = (name: string, more: Partial<PropFilter> = {}): PropFilter => ({ name, paramFilters: [], ...more });
const text = (value: string, more: Partial<TextMatch> = {}): TextMatch => ({
  text: value,
  collation: 'i;ascii-casemap',
  negate: false,
  ...more,
});

function read(lines: readonly string[]): CalendarObject {
  const object = readCalendarObject(['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR'].join('\n'));
  if (isCalendarFault(object)) throw new Error(object.reason);
  return object;
}

/** Hours of 2025-01-05 as instants: `10` is 10:00Z, `10-12` a range, `10-` and `-12` open ones. */
function range(hours: string): TimeRange {
  const [start, end] = hours
    .split('-')
    .map((hour) => (hour === '' ? undefined : Date.UTC(2025, 0, 5, Number(hour)) / 1000));
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
}

const passes = (lines: readonly string[], filter: CompFilter, observer = utc) =>
  matches(read(lines), comp('VCALENDAR', { compFilters: [filter] }), observer);
const within = (lines: readonly string[], hours: string, observer = utc) =>
  passes(lines, comp((lines[0] as string).slice(6), { timeRange: range(hours) }), observer);

const AT_10 = 'DTSTART:20250105T100000Z';

describe('RFC 4791 9.9: time-range on a VEVENT', () => {
  const withEnd = component('VEVENT', AT_10, 'DTEND:20250105T120000Z');
  const withDuration = component('VEVENT', AT_10, 'DURATION:PT2H');
  const withoutLength = component('VEVENT', AT_10, 'DURATION:PT0S');
  const pointed = component('VEVENT', AT_10);
  const day = component('VEVENT', 'DTSTART;VALUE=DATE:20250105');
  test.each([
    ['DTEND', withEnd, '09-10', false],
    ['DTEND', withEnd, '09-11', true],
    ['DTEND', withEnd, '11-11', true],
    ['DTEND', withEnd, '12-13', false],
    ['DTEND, open end', withEnd, '11-', true],
    ['DTEND, open end', withEnd, '12-', false],
    ['DTEND, open start', withEnd, '-10', false],
    ['DTEND, open start', withEnd, '-11', true],
    ['DURATION', withDuration, '11-13', true],
    ['DURATION', withDuration, '12-13', false],
    ['DURATION of zero', withoutLength, '10-11', true],
    ['DURATION of zero', withoutLength, '09-10', false],
    ['DTSTART alone', pointed, '10-11', true],
    ['DTSTART alone', pointed, '11-12', false],
    ['DTSTART alone', pointed, '09-10', false],
    ['a DATE alone lasts its day', day, '23-30', true],
    ['a DATE alone lasts its day', day, '24-30', false],
    ['a DATE alone lasts its day', day, '-00', false],
  ])('%s %#', (_, lines, hours, expected) => {
    expect(within(lines, hours)).toBe(expected);
  });

  test('DATE and floating times are those of the observer', () => {
    expect([within(day, '-00', berlin), within(day, '23-24', berlin)]).toEqual([true, false]);
    const floating = component('VEVENT', 'DTSTART:20250105T100000', 'DURATION:PT1H');
    expect([within(floating, '09-10', berlin), within(floating, '10-11', berlin)]).toEqual([true, false]);
  });

  test('every instance counts, and overrides where they moved to', () => {
    const series = [
      ...component('VEVENT', 'DTSTART:20250103T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
      ...component('VEVENT', 'RECURRENCE-ID:20250105T100000Z', 'DTSTART:20250105T200000Z', 'DURATION:PT1H'),
    ];
    expect(['10-11', '20-21', '34-35', '-09', '99999-', '100000-100020'].map((hours) => within(series, hours))).toEqual(
      [false, true, true, true, true, true],
    );
  });
});

describe('RFC 4791 9.9: time-range on a VTODO', () => {
  const todo = (...lines: string[]) => component('VTODO', ...lines);
  const DUE = 'DUE:20250105T120000Z';
  const COMPLETED = 'COMPLETED:20250105T120000Z';
  const CREATED = 'CREATED:20250105T100000Z';
  test.each([
    [
      '1 DTSTART and DURATION',
      todo(AT_10, 'DURATION:PT2H'),
      ['12-13', true],
      ['13-14', false],
      ['09-10', false],
      ['-11', true],
    ],
    ['2 DTSTART and DUE', todo(AT_10, DUE), ['11-13', true], ['12-13', false], ['09-10', false], ['09-11', true]],
    [
      '2 DTSTART and equal DUE',
      todo(AT_10, 'DUE:20250105T100000Z'),
      ['10-11', true],
      ['09-10', true],
      ['11-12', false],
    ],
    ['3 DTSTART', todo(AT_10), ['10-11', true], ['09-10', false], ['11-12', false]],
    ['4 DUE', todo(DUE), ['11-12', true], ['12-13', false], ['10-11', false], ['11-', true]],
    [
      '5 COMPLETED and CREATED',
      todo(COMPLETED, CREATED),
      ['10-11', true],
      ['12-13', true],
      ['13-14', false],
      ['08-09', false],
    ],
    ['6 COMPLETED', todo(COMPLETED), ['12-13', true], ['11-12', true], ['13-14', false], ['10-11', false]],
    ['7 CREATED', todo(CREATED), ['11-12', true], ['09-10', false], ['99999-', true]],
    ['8 nothing', todo('SUMMARY:x'), ['10-11', true], ['-11', true], ['99999-', true]],
  ] as const)('row %s', (_, lines, ...cases) => {
    for (const [hours, expected] of cases as readonly Case[])
      expect([hours, within(lines, hours)]).toEqual([hours, expected]);
  });

  test('a recurring VTODO is looked at instance by instance', () => {
    const daily = todo('DTSTART:20250101T100000Z', 'DUE:20250101T120000Z', 'RRULE:FREQ=DAILY');
    expect([within(daily, '11-13'), within(daily, '13-14'), within(daily, '35-36')]).toEqual([true, false, true]);
    const dueOnly = todo('DUE:20250101T120000Z', 'RRULE:FREQ=DAILY');
    expect([within(dueOnly, '11-12'), within(dueOnly, '12-13'), within(dueOnly, '-13')]).toEqual([true, false, true]);
  });
});

test('RFC 4791 9.9: time-range on a VJOURNAL', () => {
  const timed = component('VJOURNAL', AT_10);
  const day = component('VJOURNAL', 'DTSTART;VALUE=DATE:20250105');
  expect([within(timed, '10-11'), within(timed, '11-12'), within(timed, '09-10')]).toEqual([true, false, false]);
  expect([within(day, '23-24'), within(day, '24-25')]).toEqual([true, false]);
  expect(within(component('VJOURNAL'), '00-24')).toBe(false);
});

test('RFC 4791 9.9: time-range on a VFREEBUSY', () => {
  const bounded = component('VFREEBUSY', AT_10, 'DTEND:20250105T120000Z');
  const listed = component('VFREEBUSY', 'FREEBUSY:20250105T100000Z/PT1H,20250105T150000Z/20250105T160000Z');
  expect([within(bounded, '12-13'), within(bounded, '13-14'), within(bounded, '09-10')]).toEqual([true, false, false]);
  expect([within(listed, '10-11'), within(listed, '12-14'), within(listed, '15-16')]).toEqual([true, false, true]);
  expect(within(component('VFREEBUSY'), '00-24')).toBe(false);
});

describe('RFC 4791 9.9: time-range on a VALARM', () => {
  const ringing = (lines: readonly string[], hours: string) =>
    passes(lines, comp((lines[0] as string).slice(6), { compFilters: [comp('VALARM', { timeRange: range(hours) })] }));
  const event = (...lines: string[]) => component('VEVENT', AT_10, 'DTEND:20250105T120000Z', ...lines);
  test.each([
    ['before the start', event(...alarm('TRIGGER:-PT1H')), ['09-10', true], ['10-11', false], ['08-09', false]],
    ['after the end', event(...alarm('TRIGGER;RELATED=END:PT1H')), ['13-14', true], ['12-13', false]],
    ['a day before', event(...alarm('TRIGGER:-P1D')), ['00-24', false]],
    ['at an instant', event(...alarm('TRIGGER;VALUE=DATE-TIME:20250105T050000Z')), ['05-06', true], ['06-07', false]],
    [
      'repeated',
      event(...alarm('TRIGGER:-PT1H', 'REPEAT:2', 'DURATION:PT2H')),
      ['09-10', true],
      ['11-12', true],
      ['13-14', true],
      ['15-16', false],
    ],
    ['REPEAT without DURATION', event(...alarm('TRIGGER:-PT1H', 'REPEAT:2')), ['11-14', false]],
    [
      'of a task before DUE',
      component('VTODO', 'DUE:20250105T120000Z', ...alarm('TRIGGER:-PT1H')),
      ['11-12', true],
      ['12-13', false],
    ],
    ['of a task without dates', component('VTODO', ...alarm('TRIGGER:-PT1H')), ['00-24', false]],
    [
      'of a later instance',
      event('RRULE:FREQ=DAILY', ...alarm('TRIGGER:-PT1H')),
      ['57-58', true],
      ['58-59', false],
      ['99999-', true],
    ],
  ] as const)('%s', (_, lines, ...cases) => {
    for (const [hours, expected] of cases as readonly Case[])
      expect([hours, ringing(lines, hours)]).toEqual([hours, expected]);
  });

  test('an alarm need not be there at all', () => {
    const none = comp('VEVENT', { compFilters: [comp('VALARM', { isNotDefined: true })] });
    expect([passes(event(), none), passes(event(...alarm('TRIGGER:PT0S')), none)]).toEqual([true, false]);
  });
});

describe('RFC 4791 9.7: filters of components and properties', () => {
  const event = component(
    'VEVENT',
    AT_10,
    'SUMMARY;LANGUAGE=de:Große Besprechung\\, Teil 2',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION;CN="Bob":mailto:bob@x',
    'ATTENDEE;PARTSTAT=ACCEPTED:mailto:eve@x',
  );
  const partstat = (value: string) =>
    prop('ATTENDEE', { textMatch: text('bob'), paramFilters: [{ name: 'partstat', textMatch: text(value) }] });
  test.each([
    ['the component is there', comp('VEVENT'), true],
    ['names have no case', comp('vevent'), true],
    ['another is not', comp('VTODO'), false],
    ['another is not defined', comp('VTODO', { isNotDefined: true }), true],
    ['it is not not defined', comp('VEVENT', { isNotDefined: true }), false],
    ['a property is there', comp('VEVENT', { propFilters: [prop('summary')] }), true],
    ['a property is missing', comp('VEVENT', { propFilters: [prop('LOCATION')] }), false],
    ['a property is not defined', comp('VEVENT', { propFilters: [prop('LOCATION', { isNotDefined: true })] }), true],
    [
      'a property is not not defined',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { isNotDefined: true })] }),
      false,
    ],
    [
      'text within the value',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('BESPRECH') })] }),
      true,
    ],
    [
      'text across an escape',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('ung, teil') })] }),
      true,
    ],
    [
      'text that is not there',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('urlaub') })] }),
      false,
    ],
    [
      'text that must not be there',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('urlaub', { negate: true }) })] }),
      true,
    ],
    [
      'octets have case',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('BESPRECH', { collation: 'i;octet' }) })] }),
      false,
    ],
    [
      'ASCII folding leaves other letters',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text('GROSSE') })] }),
      false,
    ],
    [
      'Unicode folding does not',
      comp('VEVENT', {
        propFilters: [prop('SUMMARY', { textMatch: text('GROSSE', { collation: 'i;unicode-casemap' }) })],
      }),
      true,
    ],
    ['a parameter of the same property', comp('VEVENT', { propFilters: [partstat('needs-action')] }), true],
    ['a parameter of another property', comp('VEVENT', { propFilters: [partstat('accepted')] }), false],
    [
      'a parameter that is missing',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { paramFilters: [{ name: 'ALTREP' }] })] }),
      false,
    ],
    [
      'a parameter that is not defined',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { paramFilters: [{ name: 'ALTREP', isNotDefined: true }] })] }),
      true,
    ],
    [
      'a parameter that is not not defined',
      comp('VEVENT', { propFilters: [prop('SUMMARY', { paramFilters: [{ name: 'LANGUAGE', isNotDefined: true }] })] }),
      false,
    ],
    ['a date within a range', comp('VEVENT', { propFilters: [prop('DTSTART', { timeRange: range('10-11') })] }), true],
    ['a date before a range', comp('VEVENT', { propFilters: [prop('DTSTART', { timeRange: range('11-12') })] }), false],
    ['no date at all', comp('VEVENT', { propFilters: [prop('SUMMARY', { timeRange: range('00-24') })] }), false],
    ['all filters hold', comp('VEVENT', { timeRange: range('10-11'), propFilters: [prop('SUMMARY')] }), true],
    ['one filter fails', comp('VEVENT', { timeRange: range('11-12'), propFilters: [prop('SUMMARY')] }), false],
    ['a range on a VTIMEZONE matches nothing', comp('VTIMEZONE', { timeRange: range('00-24') }), false],
  ])('%s', (_, filter, expected) => {
    expect(passes(event, filter)).toBe(expected);
  });

  test('all must hold of the same component of a series', () => {
    const series = [
      ...component('VEVENT', 'DTSTART:20250104T100000Z', 'SUMMARY:plain', 'RRULE:FREQ=DAILY'),
      ...component('VEVENT', 'RECURRENCE-ID:20250105T100000Z', 'DTSTART:20250105T200000Z', 'SUMMARY:special'),
    ];
    const at = (hours: string, word: string) =>
      passes(
        series,
        comp('VEVENT', { timeRange: range(hours), propFilters: [prop('SUMMARY', { textMatch: text(word) })] }),
      );
    expect([at('20-21', 'special'), at('20-21', 'plain'), at('34-35', 'plain'), at('34-35', 'special')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([at('99999-', 'special'), at('99999-', 'plain')]).toEqual([false, true]);
  });

  test('the root must be VCALENDAR, whose own properties can be asked for', () => {
    expect(matches(read(event), comp('VEVENT'), utc)).toBe(false);
    expect(matches(read(event), comp('VCALENDAR', { isNotDefined: true }), utc)).toBe(false);
    expect(
      matches(read(event), comp('VCALENDAR', { propFilters: [prop('VERSION', { textMatch: text('2.0') })] }), utc),
    ).toBe(true);
  });
});

describe('RFC 4791 9.7.5: a value with escapes', () => {
  const escaped = component('VEVENT', AT_10, 'SUMMARY:Eins\\, zwei');
  const search = (value: string, negate = false) =>
    passes(escaped, comp('VEVENT', { propFilters: [prop('SUMMARY', { textMatch: text(value, { negate }) })] }));

  test.each(['Eins, zwei', 'Eins\\, zwei'])('is found as it is read and as it is written: %s', (value) => {
    expect([search(value), search(value, true)]).toEqual([true, false]);
  });

  test('is not found by another text', () => {
    expect([search('Eins zwei'), search('Eins zwei', true)]).toEqual([false, true]);
  });
});
