import { describe, expect, it } from 'vitest';
import { propertyOf } from '../component-tree.js';
import { calendar, edit, event, read, startsOf, startsOfYear } from '../testing/edited.js';
import { detailsOf } from './object-details.js';

const zone = 'Europe/Berlin';
const at = (local: string) => ({ local, zone: local.length > 10 ? zone : null });
const from = (start: string, end: string) => ({ start: at(`2026-01-${start}`), end: at(`2026-01-${end}`) });
const mondays = event(
  ...[`DTSTART;TZID=${zone}:20260105T090000`, `DTEND;TZID=${zone}:20260105T100000`, 'RRULE:FREQ=WEEKLY;COUNT=4'],
);
const second = '20260112T080000Z';
const third = '20260119T080000Z';
const changed = (text: string, change: object, name = second) => edit(text, change, { at: name, scope: 'this' }).text;
const titled = changed(mondays, { title: 'Own' });

const spans = (text: string | null) =>
  read(text ?? '').series.overrides.map((item) => {
    const { start, end } = detailsOf(item);
    return [start?.local, end?.local].map((local) => local?.slice(5).replace(/:00$/, '')).join('/');
  });
const tuesday = from('20T11:00:00', '20T12:30:00');

describe('an occurrence of which something else than its time was changed', () => {
  it('goes with all, and ends with them', () => {
    const { text } = edit(titled, tuesday, { at: third });
    expect(startsOf(text)).toEqual(['06', '13', '20', '27'].map((day) => `2026-01-${day}T11:00:00`));
    expect(spans(text)).toEqual(['01-13T11:00/01-13T12:30']);
    expect(text).toContain(`RECURRENCE-ID;TZID=${zone}:20260113T110000`);
    expect(text).toContain('SUMMARY:Own');
  });

  it('goes with the following', () => {
    const { text, later } = edit(changed(titled, { title: 'Third' }, third), tuesday, { at: third, scope: 'future' });
    expect(spans(text)).toEqual(['01-12T09:00/01-12T10:00']);
    expect(spans(later)).toEqual(['01-20T11:00/01-20T12:30']);
    const all = edit(changed(titled, { title: 'Third' }, third), from('13T11:00:00', '13T12:00:00'), {
      ...{ at: second, scope: 'future' },
    }).later;
    expect(spans(all)).toEqual(['01-13T11:00/01-13T12:00', '01-20T11:00/01-20T12:00']);
  });

  it('goes once where it is the one that is moved, also back to where the series had it', () => {
    expect(spans(edit(titled, from('13T11:00:00', '13T12:00:00'), { at: second }).text)).toEqual([
      '01-13T11:00/01-13T12:00',
    ]);
    const moved = changed(mondays, from('13T11:00:00', '13T12:00:00'));
    expect(spans(edit(moved, from('12T09:00:00', '12T10:00:00'), { at: second }).text)).toEqual([
      '01-12T09:00/01-12T10:00',
    ]);
  });

  it('is made longer and shorter with all', () => {
    const { text } = edit(titled, { end: at('2026-01-19T11:00:00') }, { at: third });
    expect(spans(text)).toEqual(['01-12T09:00/01-12T11:00']);
  });

  it('becomes a whole day with all, and one of times again', () => {
    const days = edit(titled, from('19', '20'), { at: third }).text;
    expect(spans(days)).toEqual(['01-12/01-13']);
    const times = edit(days, from('19T09:00:00', '19T10:00:00'), { at: '20260119' }).text;
    expect(spans(times)).toEqual(['01-12T09:00/01-12T10:00']);
  });

  it('goes to another zone with all', () => {
    const newYork = (local: string) => ({ local, zone: 'America/New_York' });
    const times = { start: newYork('2026-01-19T09:00:00'), end: newYork('2026-01-19T10:00:00') };
    const { text } = edit(titled, times, { at: third });
    expect(startsOf(text)).toEqual(['05', '12', '19', '26'].map((day) => `2026-01-${day}T15:00:00`));
    expect(text).toContain('DTSTART;TZID=America/New_York:20260112T090000');
  });

  it('goes by what series it is: floating, with a duration, written in UTC, or in a month', () => {
    const floating = changed(
      event('DTSTART:20260105T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=9'),
      { title: 'Own' },
      '20260107T090000',
    );
    const change = { start: { local: '2026-01-05T10:00:00', zone: null } };
    const { text } = edit(floating, change, { at: '20260105T090000' });
    expect(spans(text)).toEqual(['01-07T10:00/01-07T11:00']);
    expect(text.match(/DURATION:PT1H/g)).toHaveLength(2);
    const inUtc = titled
      .replace(`RECURRENCE-ID;TZID=${zone}:20260112T090000`, 'RECURRENCE-ID:20260112T080000Z')
      .replace(`DTSTART;TZID=${zone}:20260112T090000`, 'DTSTART:20260112T080000Z');
    expect(spans(edit(inUtc, tuesday, { at: third }).text)).toEqual(['01-13T11:00/01-13T12:30']);
    const monthly = changed(mondays.replace('WEEKLY', 'MONTHLY;BYDAY=1MO'), { title: 'Own' }, '20260202T080000Z');
    const wednesday = from('07T09:00:00', '07T10:00:00');
    expect(spans(edit(monthly, wednesday, { at: '20260105T080000Z' }).text)).toEqual(['02-04T09:00/02-04T10:00']);
  });

  it('goes also where the first one stays on its day', () => {
    const times = [`DTSTART;TZID=${zone}:20260224T090000`, `DTEND;TZID=${zone}:20260224T100000`];
    const own = changed(event(...times, 'RRULE:FREQ=MONTHLY;BYDAY=4TU;COUNT=5'), { title: 'Own' }, '20260623T070000Z');
    const last = { start: at('2026-03-31T09:00:00'), end: at('2026-03-31T10:00:00') };
    const { text } = edit(own, last, { at: '20260324T080000Z' });
    expect(spans(text)).toEqual(['06-30T09:00/06-30T10:00']);
    const days = ['02-24', '03-31', '04-28', '05-26', '06-30'];
    expect(startsOfYear(text)).toEqual(days.map((day) => `2026-${day}T09:00:00`));
    const due = calendar(
      ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', `DUE;TZID=${zone}:20260224T090000`],
      ...['RRULE:FREQ=MONTHLY;BYDAY=4TU;COUNT=5', 'END:VTODO'],
    );
    const begun = changed(due, { percent: 50 }, '20260623T070000Z');
    expect(startsOfYear(edit(begun, { end: last.start }, { at: '20260324T080000Z' }).text)).toEqual(
      days.map((day) => `2026-${day}T09:00:00`),
    );
  });

  it('ends as the others do, also in the night in which the clock changes', () => {
    const nights = event(
      ...[`DTSTART;TZID=${zone}:20260321T220000`, `DTEND;TZID=${zone}:20260322T060000`, 'RRULE:FREQ=WEEKLY;COUNT=3'],
    );
    const own = changed(nights, { title: 'Own' }, '20260328T210000Z');
    expect(spans(own)).toEqual(['03-28T22:00/03-29T06:00']);
    const hourLater = { start: at('2026-03-21T23:00:00'), end: at('2026-03-22T07:00:00') };
    expect(spans(edit(own, hourLater, { at: '20260321T210000Z' }).text)).toEqual(['03-28T23:00/03-29T07:00']);
  });

  it('is stamped once, and not where nothing of it is changed', () => {
    const sequences = (text: string) =>
      read(text).series.overrides.map(({ component }) => propertyOf(component, 'SEQUENCE')?.value);
    expect(sequences(titled)).toEqual(['0']);
    expect(sequences(edit(titled, { ...tuesday, location: 'Room 3' }, { at: third }).text)).toEqual(['1']);
    const same = { ...from('19T09:00:00', '19T10:00:00'), title: 'New' };
    expect(sequences(edit(titled, same, { at: third }).text)).toEqual(['0']);
  });

  it('takes the later ones along where it is for this and the future (RFC 5545 3.2.13)', () => {
    const future = titled.replace('RECURRENCE-ID;', 'RECURRENCE-ID;RANGE=THISANDFUTURE;');
    const { text } = edit(future, from('06T11:00:00', '06T12:00:00'), { at: '20260105T080000Z' });
    expect(startsOf(text)).toEqual(['06', '13', '20', '27'].map((day) => `2026-01-${day}T11:00:00`));
  });
});

describe('an occurrence of which the time was changed on purpose', () => {
  it('stays where it is, with its end', () => {
    const moved = changed(mondays, from('13T14:00:00', '13T15:00:00'));
    expect(spans(edit(moved, tuesday, { at: third }).text)).toEqual(['01-13T14:00/01-13T15:00']);
  });

  it('is as long as it was where it was only made longer', () => {
    const longer = changed(mondays, { end: at('2026-01-12T12:00:00') });
    expect(spans(edit(longer, tuesday, { at: third }).text)).toEqual(['01-13T11:00/01-13T14:00']);
    expect(spans(edit(longer, { end: at('2026-01-19T09:30:00') }, { at: third }).text)).toEqual([
      '01-12T09:00/01-12T12:00',
    ]);
    expect(spans(edit(longer, from('19', '20'), { at: third }).text)).toEqual(['01-12/01-13']);
  });

  it('stays a day among times, and a time among days', () => {
    const day = changed(mondays, from('12', '13'));
    expect(spans(edit(day, tuesday, { at: third }).text)).toEqual(['01-12/01-13']);
    const days = event('DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY;COUNT=4');
    const timed = changed(days, from('12T09:00:00', '12T10:00:00'), '20260112');
    expect(spans(edit(timed, from('20', '21'), { at: '20260119' }).text)).toEqual(['01-12T09:00/01-12T10:00']);
  });

  it('moves others by whole days: an hour on its clock is none of theirs', () => {
    const days = event('DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY;COUNT=3');
    const timed = changed(days, from('12T09:00:00', '12T10:00:00'), '20260112');
    const earlier = edit(timed, from('12T08:00:00', '12T09:00:00'), { at: '20260112' }).text;
    expect(startsOf(earlier)).toEqual(['2026-01-05', '2026-01-12T08:00:00', '2026-01-19']);
    const moved = changed(mondays, from('13T11:00:00', '13T12:00:00'));
    const whole = edit(moved, from('13', '14'), { at: second }).text;
    expect(startsOf(whole)).toEqual(['2026-01-05', '2026-01-13', '2026-01-19', '2026-01-26']);
  });
});

it('a task that is due goes along, and is due with all', () => {
  const due = calendar(
    ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', `DUE;TZID=${zone}:20260105T090000`],
    ...['RRULE:FREQ=WEEKLY;COUNT=3', 'END:VTODO'],
  );
  const begun = changed(due, { percent: 50 });
  const { text } = edit(begun, { end: at('2026-01-20T11:00:00') }, { at: third });
  expect(startsOf(text)).toEqual(['06', '13', '20'].map((day) => `2026-01-${day}T11:00:00`));
  expect(read(text).series.overrides.map((item) => detailsOf(item).percent)).toEqual([50]);
});
