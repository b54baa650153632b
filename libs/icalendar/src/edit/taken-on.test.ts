import { describe, expect, it } from 'vitest';
import { calendar, edit, read, remove, startsOfYear } from '../testing/edited.js';

const zone = 'Europe/Berlin';
const part = (...lines: readonly string[]) => [
  ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20250101T000000Z', ...lines, 'END:VEVENT'],
];
const master = (rule: string) =>
  part('SUMMARY:Old', `DTSTART;TZID=${zone}:20260302T090000`, 'DURATION:PT1H', `RRULE:${rule}`);
/** From 9 March on a day and two hours later. */
const future = part(
  ...['SUMMARY:New', `RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=${zone}:20260309T090000`],
  ...[`DTSTART;TZID=${zone}:20260310T110000`, `DTEND;TZID=${zone}:20260310T120000`],
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT5M', 'END:VALARM'],
);
const weekly = calendar(...master('FREQ=WEEKLY;COUNT=5'), ...future);
const looked = '20260309T080000Z';
const times = (text: string | null) => startsOfYear(text).map((start) => start.slice(5, 13));
const names = (text: string | null) => text?.match(/RECURRENCE-ID[^\r]*/g);

describe('RFC 5545 3.2.13: one occurrence with a change for it and the future', () => {
  it('is changed alone: the next one takes on what it said of the later ones', () => {
    expect(times(weekly)).toEqual(['03-02T09', '03-10T11', '03-17T11', '03-24T11', '03-31T11']);
    const to = {
      start: { local: '2026-03-11T15:00:00', zone },
      end: { local: '2026-03-11T16:00:00', zone },
      title: 'Own',
    };
    const { text } = edit(weekly, to, { at: looked, scope: 'this' });
    expect(times(text)).toEqual(['03-02T09', '03-11T15', '03-17T11', '03-24T11', '03-31T11']);
    expect(names(text)).toEqual([
      `RECURRENCE-ID;TZID=${zone}:20260309T090000`,
      `RECURRENCE-ID;TZID=${zone};RANGE=THISANDFUTURE:20260316T090000`,
    ]);
    expect(text.match(/SUMMARY.*/g)).toEqual(['SUMMARY:Old', 'SUMMARY:Own', 'SUMMARY:New']);
    expect(text.match(/TRIGGER/g)).toHaveLength(2);
    expect(text).toContain(`DTEND;TZID=${zone}:20260317T120000`);
  });

  it('is taken out alone', () => {
    const text = remove(weekly, looked, 'this');
    expect(times(text)).toEqual(['03-02T09', '03-17T11', '03-24T11', '03-31T11']);
    expect(text).toContain(`EXDATE;TZID=${zone}:20260309T090000`);
    expect(names(text)).toEqual([`RECURRENCE-ID;TZID=${zone};RANGE=THISANDFUTURE:20260316T090000`]);
    const again = remove(text ?? '', '20260316T080000Z', 'this');
    expect(times(again)).toEqual(['03-02T09', '03-24T11', '03-31T11']);
  });

  it('the next one is the next that has no change of its own, also long after', () => {
    const changed = edit(weekly, { title: 'Own' }, { at: '20260316T080000Z', scope: 'this' }).text;
    const left = remove(remove(changed, '20260323T080000Z', 'this') ?? '', looked, 'this');
    expect(times(left)).toEqual(['03-02T09', '03-17T11', '03-31T11']);
    expect(names(left)?.at(-1)).toContain('RANGE=THISANDFUTURE:20260330T090000');
    const rare = calendar(...master('FREQ=WEEKLY;INTERVAL=520;BYDAY=MO'), ...future).replaceAll('0309T', '0302T');
    const { text } = edit(rare, { title: 'Own' }, { at: '20260302T080000Z', scope: 'this' });
    expect(startsOfYear(text, 2036)).toEqual(startsOfYear(rare, 2036));
    expect(startsOfYear(text, 2036)).toHaveLength(1);
  });

  it('the last one has nothing to pass on, nor one that another follows at once', () => {
    const two = calendar(...master('FREQ=WEEKLY;COUNT=2'), ...future);
    expect(names(edit(two, { title: 'Own' }, { at: looked, scope: 'this' }).text)).toEqual([
      `RECURRENCE-ID;TZID=${zone}:20260309T090000`,
    ]);
    expect(names(remove(two, looked, 'this'))).toBeNull();
    const second = future.map((line) => line.replace('0309T', '0316T').replace('0310T', '0318T'));
    const both = calendar(...master('FREQ=WEEKLY;COUNT=4'), ...future, ...second);
    expect(times(remove(both, looked, 'this'))).toEqual(['03-02T09', '03-18T11', '03-25T11']);
  });

  it('on another clock than the series, it is named on that of the series', () => {
    const abroad = weekly.replace(/DTSTART;TZID=[^:]*:20260310T110000/, 'DTSTART:20260310T100000Z');
    const moved = abroad.replace(/DTEND;TZID=[^:]*:20260310T120000/, 'DTEND:20260310T110000Z');
    const { text } = edit(moved, { title: 'Own' }, { at: '20260316T080000Z', scope: 'this' });
    expect(names(text)).toContain(`RECURRENCE-ID;TZID=${zone}:20260316T090000`);
    expect(times(text)).toEqual(times(moved));
    const left = remove(moved, looked, 'this');
    expect(times(left)).toEqual(['03-02T09', '03-17T11', '03-24T11', '03-31T12']);
  });

  it('of a series that is elsewhere, it is changed as it is', () => {
    const lone = calendar(...future);
    const { text } = edit(lone, { title: 'Own' }, { at: looked, scope: 'this' });
    expect(names(text)).toEqual(names(lone));
    expect(read(text).series.overrides).toHaveLength(1);
  });
});

describe('RFC 5545 3.2.13: occurrences that follow one with a change for it and the future', () => {
  const third = '20260316T080000Z';

  it('keep that where the series is split among them, and what is changed is changed', () => {
    const { text, later } = edit(weekly, { location: 'Here' }, { at: third, scope: 'future' });
    expect(times(text)).toEqual(['03-02T09', '03-10T11']);
    expect(times(later)).toEqual(['03-17T11', '03-24T11', '03-31T11']);
    expect(later?.match(/SUMMARY:New\r\n[^]*?LOCATION:Here/)).not.toBeNull();
    const own = edit(weekly, { title: 'Own' }, { at: third, scope: 'this' }).text;
    const split = edit(own, { location: 'Here' }, { at: third, scope: 'future' });
    expect(times(split.later)).toEqual(['03-17T11', '03-24T11', '03-31T11']);
  });

  it('are moved and changed from the one that was looked at on, when all are meant', () => {
    const to = {
      start: { local: '2026-03-18T12:00:00', zone },
      end: { local: '2026-03-18T13:00:00', zone },
      title: 'Newer',
    };
    const { text } = edit(weekly, to, { at: third });
    expect(times(text)).toEqual(['03-03T10', '03-10T11', '03-18T12', '03-25T12', '04-01T12']);
    expect(text.match(/SUMMARY.*/g)).toEqual(['SUMMARY:Newer', 'SUMMARY:New', 'SUMMARY:Newer']);
  });

  it('cannot be moved by days with a series of months: nobody can say where they would lie', () => {
    const first = calendar(...master('FREQ=MONTHLY;BYDAY=1MO;COUNT=4'), ...future);
    const monthly = first.replaceAll('0309T', '0406T').replaceAll('0310T', '0407T');
    const on = (day: string, hour: string) => ({ local: `2026-${day}T${hour}:00:00`, zone });
    const to = { start: on('03-03', '09'), end: on('03-03', '10') };
    expect(() => edit(monthly, to, { at: '20260302T080000Z' })).toThrow('cannot be moved together');
    const following = { start: on('05-06', '11'), end: on('05-06', '12') };
    const { text, later } = edit(monthly, following, { at: '20260504T070000Z', scope: 'future' });
    expect([times(text), times(later)]).toEqual([
      ['03-02T09', '04-07T11'],
      ['05-06T11', '06-03T11'],
    ]);
  });
});
