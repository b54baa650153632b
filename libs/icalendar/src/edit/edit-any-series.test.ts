import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CalendarFault, isCalendarFault } from '../calendar-fault.js';
import { calendar, now, read } from '../testing/edited.js';
import { type Zone, zoneById } from '../zone.js';
import { editObject, type EditScope } from './edit-object.js';
import { removeInstances } from './remove-instances.js';
import { type ShownInstance, shownInstances } from './shown-instances.js';

const zone = 'Europe/Berlin';
const observer = zoneById(zone) as Zone;
/** Both changes of the clock are in it. */
const range = { start: Date.UTC(2026, 0, 1) / 1000, end: Date.UTC(2026, 11, 1) / 1000 };

function demand<Value>(value: Value | CalendarFault): Value {
  if (isCalendarFault(value)) throw new Error(value.reason);
  return value;
}

const shown = (text: string | null, within = range): readonly ShownInstance[] =>
  text === null
    ? []
    : demand(shownInstances(read(text), within, observer)).toSorted((a, b) => a.start.localeCompare(b.start));
const timesOf = (text: string | null): readonly string[] => shown(text).map(({ start, end }) => `${start}/${end}`);

const clocks = ['zoned', 'utc', 'floating', 'date'] as const;
type Clock = (typeof clocks)[number];
const until: Readonly<Record<Clock, string>> = {
  ...{ zoned: '20260401T235959Z', utc: '20260401T235959Z', floating: '20260401T090000', date: '20260401' },
};

const plainRules = [
  ...['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=MO,WE,SU', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU', 'FREQ=DAILY;INTERVAL=3'],
  ...['FREQ=MONTHLY', 'FREQ=MONTHLY;BYMONTHDAY=2', 'FREQ=DAILY;COUNT=5', 'FREQ=WEEKLY;BYDAY=MO,TU;COUNT=9'],
  ...['FREQ=WEEKLY;UNTIL', 'FREQ=DAILY;INTERVAL=2;UNTIL'],
];
const anySeries = (rules: readonly string[]) =>
  fc.record({
    clock: fc.constantFrom(...clocks),
    rule: fc.constantFrom(...rules),
    dates: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(9, 14)), {
      ...{ maxLength: 2, selector: ([day]: readonly [number, number]) => day },
    }),
    changes: fc.array(fc.tuple(fc.constantFrom('remove', 'move', 'rename'), fc.nat(12)), { maxLength: 3 }),
    at: fc.nat(14),
  });
type AnySeries = ReturnType<typeof anySeries> extends fc.Arbitrary<infer Made> ? Made : never;

function property(name: string, clock: Clock, [days, hour]: readonly [number, number]): string {
  const day = later('2026-03-02', days, 0).replaceAll('-', '');
  if (clock === 'date') return `${name};VALUE=DATE:${day}`;
  const time = `${day}T${String(hour).padStart(2, '0')}0000`;
  return clock === 'zoned' ? `${name};TZID=${zone}:${time}` : `${name}:${time}${clock === 'utc' ? 'Z' : ''}`;
}

function later(local: string, days: number, hours: number): string {
  const isDate = local.length === 10;
  const time = Date.parse(isDate ? local : `${local}Z`) + days * 86_400_000 + (isDate ? 0 : hours * 3_600_000);
  return new Date(time).toISOString().slice(0, isDate ? 10 : 19);
}

function moved({ start, end, allDay }: ShownInstance, days: number, hours: number) {
  const on = (local: string) => ({ local: later(local, days, hours), zone: allDay ? null : zone });
  return { start: on(start), end: on(end) };
}

const target = (text: string, { recurrenceId }: ShownInstance, scope: EditScope) => ({
  ...{ object: read(text), recurrenceId, scope, now, newUid: 'later' },
});

/** The series, after single occurrences of it were changed. @param first days after 2 March */
function built({ clock, rule, dates, changes }: AnySeries, first = 0): string {
  const lines = [
    ...['UID:u', 'DTSTAMP:20250101T000000Z', 'SUMMARY:Old', property('DTSTART', clock, [first, 9])],
    ...[
      property('DTEND', clock, [first + (clock === 'date' ? 1 : 0), 10]),
      `RRULE:${rule.replace(/UNTIL$/, `UNTIL=${until[clock]}`)}`,
    ],
    ...dates.map((date) => property('RDATE', clock, date)),
  ];
  return changes.reduce(
    (text, [change, index]) => {
      const all = shown(text);
      const one = target(text, all[index % all.length] as ShownInstance, 'this');
      if (all.length < 3) return text;
      const edit = change === 'move' ? moved(all[index % all.length] as ShownInstance, 1, 2) : { title: 'New' };
      return demand(change === 'remove' ? removeInstances(one) : editObject(one, edit)).text as string;
    },
    calendar('BEGIN:VEVENT', ...lines, 'END:VEVENT'),
  );
}

const runs = { numRuns: 100 };
const monthly = ['FREQ=MONTHLY;BYDAY=1MO', 'FREQ=MONTHLY;BYMONTHDAY=-1'];

it('an occurrence that is changed moves no other, and one that is deleted alone is gone', () => {
  fc.assert(
    fc.property(anySeries([...plainRules, ...monthly]), (series) => {
      const text = built(series);
      const all = shown(text);
      const one = all[series.at % all.length] as ShownInstance;
      expect(timesOf(demand(editObject(target(text, one, 'this'), { title: 'New' })).text)).toEqual(timesOf(text));
      const left = [...timesOf(text)];
      left.splice(left.indexOf(`${one.start}/${one.end}`), 1);
      expect(timesOf(demand(removeInstances(target(text, one, 'this'))).text)).toEqual(left);
    }),
    runs,
  );
});

it('a series that is split has all its occurrences once, and without the later ones the earlier ones', () => {
  fc.assert(
    fc.property(anySeries([...plainRules, ...monthly]), (series) => {
      const text = built(series);
      const all = shown(text);
      const one = target(text, all[series.at % all.length] as ShownInstance, 'future');
      const split = demand(editObject(one, { title: 'New' }));
      expect([...timesOf(split.text), ...timesOf(split.later)].toSorted()).toEqual(timesOf(text).toSorted());
      expect(timesOf(split.text)).not.toHaveLength(0);
      const left = split.later === null ? [] : timesOf(split.text);
      expect(timesOf(demand(removeInstances(one)).text)).toEqual(left);
    }),
    runs,
  );
});

/** An occurrence that lies elsewhere on purpose. */
const isMoved = ({ item: { recurrenceId, start } }: ShownInstance): boolean =>
  recurrenceId !== null && recurrenceId.wall !== start?.wall;

it('a series that is moved has each occurrence as much later, but those that were moved themselves', () => {
  fc.assert(
    fc.property(
      anySeries(plainRules),
      fc.integer({ min: -1, max: 3 }),
      fc.integer({ min: -2, max: 1 }),
      (series, days, hours) => {
        const text = built(series);
        const all = shown(text);
        const one = all[series.at % all.length] as ShownInstance;
        const times = timesOf(demand(editObject(target(text, one, 'all'), moved(one, days, hours))).text);
        const isFar = ({ start }: ShownInstance) => start > '2026-10-01';
        if (!all.some(isFar)) expect(times).toHaveLength(all.length);
        // UTC has no summer time: what is moved there from Berlin stays where Berlin's clock has changed.
        if (series.clock === 'utc') return;
        for (const { start, end } of all.filter((each) => !isMoved(each) && !isFar(each))) {
          expect(times).toContain(`${later(start, days, hours)}/${later(end, days, hours)}`);
        }
      },
    ),
    runs,
  );
});

/** With the first day of each, in days after 2 March. */
const positions: readonly (readonly [rule: string, first: number])[] = [
  ['FREQ=MONTHLY;BYDAY=1MO', 0],
  ['FREQ=MONTHLY;BYDAY=2TU;COUNT=7', 8],
  ['FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', 8],
  ['FREQ=MONTHLY;INTERVAL=2;BYDAY=4WE', 23],
  ['FREQ=MONTHLY;BYDAY=-1MO', 28],
  ['FREQ=MONTHLY;BYDAY=-2MO;UNTIL=20270301T120000Z', 21],
  ['FREQ=MONTHLY;BYMONTHDAY=-1', 29],
  ['FREQ=MONTHLY;BYMONTHDAY=20', 18],
  ['FREQ=MONTHLY', 18],
  ['FREQ=MONTHLY;COUNT=7', 29],
  ['FREQ=YEARLY', 18],
  ['FREQ=YEARLY;BYMONTH=3;BYDAY=-1MO', 28],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1', 29],
];
const years = { start: range.start, end: Date.UTC(2031, 0, 1) / 1000 };
const month = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
const weekday = (day: string): number => new Date(day.slice(0, 10)).getUTCDay();

it('a series on one day of the month has each occurrence in its month, none twice, and none that was taken out', () => {
  fc.assert(
    fc.property(
      anySeries(['']),
      fc.constantFrom(...positions),
      fc.integer({ min: -35, max: 35 }),
      fc.integer({ min: -2, max: 1 }),
      (series, [rule, first], days, hours) => {
        const until = series.clock === 'date' ? '20270301' : series.clock === 'floating' ? '20270301T120000' : null;
        const ended = until === null ? rule : rule.replace(/UNTIL=.*/, `UNTIL=${until}`);
        const text = built({ ...series, rule: ended, dates: [] }, first);
        const all = shown(text);
        const one = all[series.at % all.length] as ShownInstance;
        const edited = demand(editObject(target(text, one, 'all'), moved(one, days, hours))).text;
        const to = later(one.start, days, hours);
        expect(shown(edited, years).map(({ start }) => start)).toContain(to);

        const untouched = (of: string | null) => shown(of, years).filter(({ item }) => item.recurrenceId === null);
        const name = (one.recurrenceId ?? '').replace(/^(....)(..)(..).*/, '$1-$2-$3');
        const day = later(one.allDay ? name : `${name}T09:00:00`, days, hours);
        const isNear = (each: number): boolean => each < month('2030-09');
        const inMonths = (of: string | null) => untouched(of).map(({ start }) => month(start));
        const expected = inMonths(text).map((each) => each + month(day) - month(name));
        const found = inMonths(edited).filter(isNear);
        expect(new Set(found).size).toBe(found.length);
        const isInEach = /BYDAY/.test(rule) || Number(day.slice(8, 10)) < 29;
        // The 31st, which not every month has.
        if (rule === 'FREQ=MONTHLY;COUNT=7') {
          if (isInEach) expect(found).toEqual(expect.arrayContaining(expected));
        } else if (isInEach) expect(found).toEqual(expected.filter(isNear));
        else expect(expected).toEqual(expect.arrayContaining(found));
        if (/BYDAY/.test(rule)) {
          expect(new Set(untouched(edited).map(({ start }) => weekday(start)))).toEqual(new Set([weekday(day)]));
        }
      },
    ),
    runs,
  );
});
