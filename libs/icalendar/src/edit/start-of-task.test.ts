import { describe, expect, it } from 'vitest';
import { calendar, edit, read, remove, startsOf } from '../testing/edited.js';
import { detailsOf } from './object-details.js';

const zone = 'Europe/Berlin';
const at = (local: string) => ({ local, zone: local.length > 10 ? zone : null });
const task = (...lines: readonly string[]): string =>
  calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', ...lines, 'END:VTODO');
const timed = (name: string, time: string): string => `${name};TZID=${zone}:202601${time}00`;
const third = { at: '20260119T080000Z' };
const timesIn = (text: string): readonly string[] => text.match(/(DTSTART|DUE);.*/g) ?? [];
/** On which occurrences something was done. */
const statesIn = (text: string | null) =>
  read(text ?? '').series.overrides.map((item) => `${detailsOf(item).start?.local} ${detailsOf(item).status}`);

/** Every week from 5 January: the first one and the fourth are done, the second was deleted. */
function weekly(...times: readonly string[]): string {
  const done = ['20260105', '20260126'].reduce(
    (text, day) => {
      const name = times[0]?.includes('VALUE=DATE') === true ? day : `${day}T080000Z`;
      return edit(text, { status: 'COMPLETED', percent: 100 }, { at: name, scope: 'this' }).text;
    },
    task(...times, 'RRULE:FREQ=WEEKLY;COUNT=4'),
  );
  return remove(done, times[0]?.includes('VALUE=DATE') === true ? '20260112' : '20260112T080000Z', 'this') ?? '';
}

describe('a recurring task that is due when it begins', () => {
  const whole = weekly(timed('DTSTART', '05T0900'), timed('DUE', '05T0900'));

  it('begins earlier where it is due earlier: what was deleted stays so, what is done as well', () => {
    const { text } = edit(whole, { end: at('2026-01-19T08:00:00') }, third);
    expect(startsOf(text)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T08:00:00`));
    expect(statesIn(text)).toEqual(['05', '26'].map((day) => `2026-01-${day}T08:00:00 COMPLETED`));
    expect(text).toContain(timed('EXDATE', '12T0800'));
    expect(text).toContain(timed('RECURRENCE-ID', '26T0800'));
  });

  it('also on another day', () => {
    const { text } = edit(whole, { end: at('2026-01-18T09:00:00') }, third);
    expect(startsOf(text)).toEqual(['04', '18', '25'].map((day) => `2026-01-${day}T09:00:00`));
  });

  it('also from one occurrence on', () => {
    const { text, later } = edit(whole, { end: at('2026-01-19T08:00:00') }, { ...third, scope: 'future' });
    expect(startsOf(text)).toEqual(['2026-01-05T09:00:00']);
    expect(startsOf(later)).toEqual(['2026-01-19T08:00:00', '2026-01-26T08:00:00']);
    expect(statesIn(later)).toEqual(['2026-01-26T08:00:00 COMPLETED']);
  });

  it('also one occurrence alone, which may have been changed before', () => {
    const change = { end: at('2026-01-19T08:00:00') };
    const { text } = edit(whole, change, { ...third, scope: 'this' });
    expect(startsOf(text)).toEqual(['05T09', '19T08', '26T09'].map((time) => `2026-01-${time}:00:00`));
    const again = edit(text, { end: at('2026-01-19T07:30:00') }, { ...third, scope: 'this' }).text;
    expect(startsOf(again)[1]).toBe('2026-01-19T07:30:00');
    expect(startsOf(edit(text, { end: at('2026-01-19T07:00:00') }, third).text)).toEqual(
      ['05T08', '19T07', '26T08'].map((time) => `2026-01-${time}:00:00`),
    );
  });

  it('becomes one of the whole day, and one of a time again', () => {
    const days = edit(whole, { end: at('2026-01-19') }, third).text;
    expect(startsOf(days)).toEqual(['2026-01-05', '2026-01-19', '2026-01-26']);
    expect(days).toContain('EXDATE;VALUE=DATE:20260112');
    const times = edit(days, { end: at('2026-01-19T10:00:00') }, { at: '20260119' }).text;
    expect(startsOf(times)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T10:00:00`));
    expect(statesIn(times)).toEqual(['05', '26'].map((day) => `2026-01-${day}T10:00:00 COMPLETED`));
    const one = edit(whole, { end: at('2026-01-19') }, { ...third, scope: 'this' }).text;
    expect(startsOf(one)[1]).toBe('2026-01-19');
  });

  it('of whole days begins on an earlier one', () => {
    const days = weekly('DTSTART;VALUE=DATE:20260105', 'DUE;VALUE=DATE:20260105');
    expect(startsOf(edit(days, { end: at('2026-01-18') }, { at: '20260119' }).text)).toEqual(
      ['04', '18', '25'].map((day) => `2026-01-${day}`),
    );
  });
});

describe('a task that begins before it is due', () => {
  const single = task(timed('DTSTART', '05T0900'), timed('DUE', '07T1200'));
  const due = (local: string) => timesIn(edit(single, { end: at(local) }).text);

  it.each([
    ['keeps its start where that still fits', '2026-01-05T09:00:00', '05T0900'],
    ['begins as long before as it did, where it would begin too late', '2026-01-04T12:00:00', '02T0900'],
  ])('%s', (_what, local, start) => {
    expect(due(local)).toEqual([timed('DTSTART', start), timed('DUE', local.slice(8, 16).replace(':', ''))]);
  });

  it('begins on its day where it is due on a day', () => {
    expect(due('2026-01-06')).toEqual(['DTSTART;VALUE=DATE:20260105', 'DUE;VALUE=DATE:20260106']);
    expect(due('2026-01-04')).toEqual(['DTSTART;VALUE=DATE:20260102', 'DUE;VALUE=DATE:20260104']);
  });

  it('compares times of several zones, and keeps that of the start', () => {
    const end = { local: '2026-01-05T02:00:00', zone: 'America/New_York' };
    expect(timesIn(edit(single, { end }).text)).toEqual([
      timed('DTSTART', '03T0500'),
      'DUE;TZID=America/New_York:20260105T020000',
    ]);
  });

  it('is due when it begins where it was not due before', () => {
    const never = task(timed('DTSTART', '05T0900'));
    expect(timesIn(edit(never, { end: at('2026-01-05T08:00:00') }).text)).toEqual([
      timed('DTSTART', '05T0800'),
      timed('DUE', '05T0800'),
    ]);
    const long = task(timed('DTSTART', '05T0900'), 'DURATION:PT2H');
    expect(timesIn(edit(long, { end: at('2026-01-05T08:00:00') }).text)).toEqual([
      timed('DTSTART', '05T0600'),
      timed('DUE', '05T0800'),
    ]);
  });

  it('is given a start that was sent along', () => {
    const change = { start: at('2026-01-03'), end: at('2026-01-04') };
    expect(timesIn(edit(single, change).text)).toEqual(['DTSTART;VALUE=DATE:20260103', 'DUE;VALUE=DATE:20260104']);
  });
});

describe('a recurring task that loses or gets one of its times', () => {
  const due = weekly(timed('DUE', '05T0900'));
  const both = weekly(timed('DTSTART', '05T0900'), timed('DUE', '05T1100'));

  it('does not recur where it is never due', () => {
    const { text } = edit(due, { end: null }, third);
    expect(text).not.toMatch(/DUE|RRULE|EXDATE|RECURRENCE-ID/);
    expect(text.match(/BEGIN:VTODO/g)).toHaveLength(1);
    const sent = edit(due, { end: null, rule: 'FREQ=DAILY' }, third).text;
    expect(sent).not.toMatch(/RRULE|RECURRENCE-ID/);
    const future = edit(due, { end: null }, { ...third, scope: 'future' });
    expect(startsOf(future.text)).toEqual(['2026-01-05T09:00:00']);
    expect(future.later).not.toMatch(/DUE|RRULE|RECURRENCE-ID/);
    const none = edit(both, { start: null, end: null }, third).text;
    expect(none).not.toMatch(/DTSTART|DUE|RRULE|EXDATE|RECURRENCE-ID/);
  });

  it('recurs at its start where it has one', () => {
    const { text } = edit(both, { end: null }, third);
    expect(text).not.toContain('DUE');
    expect(startsOf(text)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T09:00:00`));
  });

  it('is known by the time that is left', () => {
    const { text } = edit(both, { start: null }, third);
    expect(text).not.toContain('DTSTART;TZID');
    expect(startsOf(text)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T11:00:00`));
    const other = edit(due, { start: at('2026-01-19T12:00:00'), end: null }, third).text;
    expect(startsOf(other)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T12:00:00`));
    expect(statesIn(other)).toHaveLength(2);
  });

  it('is known by the start that it gets', () => {
    const { text } = edit(due, { start: at('2026-01-19T08:00:00') }, third);
    expect(startsOf(text)).toEqual(['05', '19', '26'].map((day) => `2026-01-${day}T08:00:00`));
    expect(text).toContain(timed('EXDATE', '12T0800'));
    expect(statesIn(text)).toEqual(['05', '26'].map((day) => `2026-01-${day}T08:00:00 COMPLETED`));
  });
});

describe('an occurrence that has lost its start, or has one alone', () => {
  const series = (...times: readonly string[]): string => task(...times, 'RRULE:FREQ=WEEKLY;COUNT=3');
  const second = '20260112T080000Z';
  /** The second one is due at another time. */
  const withDue = (text: string, ...times: readonly string[]): string =>
    text.replace('END:VCALENDAR', () =>
      [
        ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', timed('RECURRENCE-ID', '12T0900'), ...times],
        ...['END:VTODO', 'END:VCALENDAR'],
      ].join('\r\n'),
    );

  it('takes the others as far as it is due earlier', () => {
    const lost = withDue(series(timed('DTSTART', '05T0900'), timed('DUE', '05T1000')), timed('DUE', '12T0900'));
    const due = (local: string) => timesIn(edit(lost, { end: at(local) }, { at: second }).text).slice(0, 2);
    expect(due('2026-01-12T08:30:00')).toEqual([timed('DTSTART', '05T0900'), timed('DUE', '05T0930')]);
    expect(due('2026-01-12T07:00:00')).toEqual([timed('DTSTART', '05T0700'), timed('DUE', '05T0800')]);
    expect(due('2026-01-12')).toEqual(['DTSTART;VALUE=DATE:20260105', 'DUE;VALUE=DATE:20260105']);
  });

  it('gives none to the others', () => {
    const own = [timed('DTSTART', '12T0800'), timed('DUE', '12T0900')];
    const begins = withDue(series(timed('DUE', '05T0900')), ...own);
    const { text } = edit(begins, { end: at('2026-01-12T08:30:00') }, { at: second });
    expect(timesIn(text)).toEqual([timed('DUE', '05T0830'), timed('DTSTART', '12T0800'), timed('DUE', '12T0830')]);
  });
});
