import { describe, expect, it } from 'vitest';
import { calendar, edit, event, remove, startsOf } from '../testing/edited.js';
import { utc } from '../zone.js';

const zone = 'Europe/Berlin';
const at = (local: string) => ({ local, zone: local.length > 10 ? zone : null });
const series = (rule: string, ...more: readonly string[]): string =>
  event(`DTSTART;TZID=${zone}:20260105T090000`, `DTEND;TZID=${zone}:20260105T100000`, `RRULE:${rule}`, ...more);
const second = '20260112T080000Z';

describe('RFC 5545 3.3.10: UNTIL of a series that moves', () => {
  const three = 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260119T080000Z';

  it('goes along, so that the last occurrence stays the last', () => {
    const times = { start: at('2026-01-13T21:00:00'), end: at('2026-01-13T22:00:00') };
    const { text } = edit(series(three), times, { at: second });
    expect(text).toContain('UNTIL=20260120T200000Z');
    expect(startsOf(text)).toEqual(['2026-01-06T21:00:00', '2026-01-13T21:00:00', '2026-01-20T21:00:00']);
    const earlier = { start: at('2026-01-12T07:00:00'), end: at('2026-01-12T08:00:00') };
    expect(startsOf(edit(series(three), earlier, { at: second }).text)).toHaveLength(3);
  });

  it('becomes a DATE with the series, and a DATE-TIME in UTC again', () => {
    const days = edit(series(three), { start: at('2026-01-12'), end: at('2026-01-13') }, { at: second }).text;
    expect(days).toContain('UNTIL=20260119\r\n');
    expect(startsOf(days)).toEqual(['2026-01-05', '2026-01-12', '2026-01-19']);
    const times = { start: at('2026-01-12T09:00:00'), end: at('2026-01-12T10:00:00') };
    const back = edit(days, times, { at: '20260112' }).text;
    expect(back).toContain('UNTIL=20260119T080000Z');
    expect(startsOf(back)).toHaveLength(3);
  });

  it('of a series that was cut off just before an occurrence does not bring that back as a day', () => {
    const cut = remove(series('FREQ=WEEKLY;BYDAY=MO'), '20260119T080000Z', 'future') ?? '';
    const days = edit(cut, { start: at('2026-01-12'), end: at('2026-01-13') }, { at: second }).text;
    expect(startsOf(days)).toEqual(['2026-01-05', '2026-01-12']);
  });

  it('is on the wall where the series is of no zone', () => {
    const floating = event('DTSTART:20260105T090000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;UNTIL=20260107T090000');
    const { text } = edit(floating, { start: { local: '2026-01-06T10:00:00', zone: null } }, { at: '20260106T090000' });
    expect(text).toContain('UNTIL=20260107T100000\r\n');
    expect(startsOf(text)).toHaveLength(3);
  });
});

describe('changes of all occurrences are relative to what was looked at', () => {
  const weekly = series('FREQ=WEEKLY;BYDAY=MO;COUNT=3');

  it('another end alone lengthens each, and stretches none', () => {
    const { text } = edit(weekly, { end: at('2026-01-12T11:30:00') }, { at: second });
    expect(text).toContain(`DTSTART;TZID=${zone}:20260105T090000`);
    expect(text).toContain(`DTEND;TZID=${zone}:20260105T113000`);
  });

  it('an occurrence that was moved before and is made longer moves no other', () => {
    const moved = { start: at('2026-01-13T11:00:00'), end: at('2026-01-13T12:00:00') };
    const before = edit(weekly, moved, { at: second, scope: 'this' }).text;
    const { text } = edit(before, { ...moved, end: at('2026-01-13T13:00:00') }, { at: second });
    expect(startsOf(text)).toEqual(['2026-01-05T09:00:00', '2026-01-13T11:00:00', '2026-01-19T09:00:00']);
    expect(text).toContain(`DTEND;TZID=${zone}:20260105T110000`);
    expect(text).toContain(`DTEND;TZID=${zone}:20260113T130000`);
  });

  it('an occurrence that was moved before takes the others as far as it is moved now', () => {
    const moved = { start: at('2026-01-13T11:00:00'), end: at('2026-01-13T12:00:00') };
    const before = edit(weekly, moved, { at: second, scope: 'this' }).text;
    const again = { start: at('2026-01-13T12:00:00'), end: at('2026-01-13T13:00:00'), title: 'New' };
    const { text } = edit(before, again, { at: second });
    expect(startsOf(text)).toEqual(['2026-01-05T10:00:00', '2026-01-13T12:00:00', '2026-01-19T10:00:00']);
    expect(text.match(/SUMMARY:New/g)).toHaveLength(2);
    const { later } = edit(before, again, { at: second, scope: 'future' });
    expect(startsOf(later)).toEqual(['2026-01-13T12:00:00', '2026-01-19T10:00:00']);
  });

  it('the series itself, named by nothing, takes its names along, and a rule that is sent as it was', () => {
    const times = { start: at('2026-01-06T09:00:00'), end: at('2026-01-06T10:00:00') };
    const { text } = edit(series('FREQ=WEEKLY;BYDAY=MO;COUNT=3', `EXDATE;TZID=${zone}:20260112T090000`), {
      ...times,
      rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3',
    });
    expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=3');
    expect(startsOf(text)).toEqual(['2026-01-06T09:00:00', '2026-01-20T09:00:00']);
  });

  it('of a task, which is due and may have no start', () => {
    const due = ['DUE;VALUE=DATE:20260105', 'RRULE:FREQ=WEEKLY;COUNT=3'];
    const task = calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', ...due, 'END:VTODO');
    const { text } = edit(task, { end: at('2026-01-13') }, { at: '20260112' });
    expect(text).toContain('DUE;VALUE=DATE:20260106');
    const { later } = edit(task, { title: 'Later' }, { at: '20260112', scope: 'future' });
    expect(later).toContain('DUE;VALUE=DATE:20260112');
    expect(later).toContain('COUNT=2');
  });

  it('a start in place of the time that a task was due is as it was set', () => {
    const task = (due: string) => calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', due, 'END:VTODO');
    const { text } = edit(task('DUE;VALUE=DATE:20260105'), { end: null, start: at('2026-01-07T09:00:00') });
    expect(text).toContain(`DTSTART;TZID=${zone}:20260107T090000`);
    expect(text).not.toContain('DUE');
    const both = edit(task('DUE;VALUE=DATE:20260105'), { end: at('2026-01-09'), start: at('2026-01-07') }).text;
    expect(both.match(/(DTSTART|DUE).*/g)).toEqual(['DUE;VALUE=DATE:20260109', 'DTSTART;VALUE=DATE:20260107']);
  });

  it('a day and a time do not go together', () => {
    expect(() => edit(weekly, { end: at('2026-01-13') }, { at: second })).toThrow('both');
    expect(() => edit(weekly, { start: at('2026-01-12'), end: at('2026-01-12T10:00:00') }, { at: second })).toThrow(
      'both',
    );
  });

  it('keeps the name that the object has for its zone', () => {
    const named = weekly.replaceAll(`TZID=${zone}`, 'TZID="W. Europe Standard Time"');
    const { text } = edit(named, { start: at('2026-01-12T10:00:00'), end: at('2026-01-12T11:00:00') }, { at: second });
    expect(startsOf(text)[0]).toBe('2026-01-05T10:00:00');
    expect(text).toMatch(/DTSTART;TZID="?W. Europe Standard Time"?:20260105T100000/);
  });
});

describe('an object without its series, of whom is invited to some occurrences alone', () => {
  const occurrence = (day: string, title: string) => [
    ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20250101T000000Z', `SUMMARY:${title}`],
    ...[`RECURRENCE-ID:202601${day}T080000Z`, `DTSTART:202601${day}T080000Z`, `DTEND:202601${day}T090000Z`],
    'END:VEVENT',
  ];
  const invited = calendar(...occurrence('05', 'One'), ...occurrence('12', 'Two'), ...occurrence('19', 'Three'));
  const starts = (text: string | null) => startsOf(text, utc);
  const times = {
    start: { local: '2026-01-12T10:00:00', zone: 'UTC' },
    end: { local: '2026-01-12T12:00:00', zone: 'UTC' },
  };

  it('changes all that there are, as far as the one that was looked at, and keeps their names', () => {
    const { text, later } = edit(invited, { ...times, title: 'All' }, { at: second });
    expect(starts(text)).toEqual(['05', '12', '19'].map((day) => `2026-01-${day}T10:00:00`));
    expect(text.match(/RECURRENCE-ID.*/g)).toEqual(invited.match(/RECURRENCE-ID.*/g));
    expect(text.match(/SUMMARY:All/g)).toHaveLength(3);
    expect(text).toContain('DTEND:20260105T120000Z');
    expect(later).toBeNull();
    expect(edit(invited, { title: 'All' }).text.match(/SUMMARY:All/g)).toHaveLength(3);
  });

  it('changes one and the following in their place', () => {
    const { text, later } = edit(invited, { ...times, title: 'New' }, { at: second, scope: 'future' });
    expect(starts(text)).toEqual(['2026-01-05T08:00:00', '2026-01-12T10:00:00', '2026-01-19T10:00:00']);
    expect([text.match(/SUMMARY:New/g)?.length, later]).toEqual([2, null]);
    expect(edit(invited, { title: 'New' }, { at: second, scope: 'this' }).text.match(/SUMMARY:New/g)).toHaveLength(1);
  });

  it('takes one out, the following, and all', () => {
    expect(starts(remove(invited, second, 'this'))).toEqual(['2026-01-05T08:00:00', '2026-01-19T08:00:00']);
    expect(starts(remove(invited, second, 'future'))).toEqual(['2026-01-05T08:00:00']);
    expect(remove(invited, second, 'all')).toBeNull();
    expect(remove(invited, '20260105T080000Z', 'future')).toBeNull();
    expect(remove(calendar(...occurrence('12', 'Alone')), second, 'this')).toBeNull();
  });
});

describe('what is named by its time is the same after the series has moved', () => {
  const later = { start: at('2026-01-12T10:00:00'), end: at('2026-01-12T11:00:00') };

  it('also where days were written for times: what was deleted stays so, what was added stays on its day', () => {
    const days = series('FREQ=WEEKLY;COUNT=4', 'EXDATE;VALUE=DATE:20260119', 'RDATE;VALUE=DATE:20260107');
    const moved = ['05', '07', '12', '26'].map((day) => `2026-01-${day}`);
    expect(startsOf(edit(days, later, { at: second }).text)).toEqual(moved.map((day) => `${day}T10:00:00`));
    const allDay = { start: at('2026-01-12'), end: at('2026-01-13') };
    expect(startsOf(edit(days, allDay, { at: second }).text)).toEqual(moved);
  });

  it('also where an added one has an end of its own', () => {
    const period = `RDATE;VALUE=PERIOD;TZID=${zone}:20260114T140000/20260114T160000,20260116T140000/PT3H`;
    const left = remove(series('FREQ=WEEKLY;COUNT=2', period), '20260116T130000Z', 'this') ?? '';
    const { text } = edit(left, later, { at: second });
    expect(startsOf(text)).toEqual(['05T10', '12T10', '14T15'].map((time) => `2026-01-${time}:00:00`));
    expect(text).toContain(`RDATE;VALUE=PERIOD;TZID=${zone}:20260114T150000/20260114T170000\r\n`);
    const days = edit(left, { start: at('2026-01-12'), end: at('2026-01-13') }, { at: second }).text;
    expect(startsOf(days)).toEqual(['2026-01-05', '2026-01-12', '2026-01-14']);
  });

  it('also where the move takes a day over the end of a week that counts', () => {
    const rule = 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;COUNT=6';
    const days = event('DTSTART;VALUE=DATE:20260104', rule, 'EXDATE;VALUE=DATE:20260118');
    const before = startsOf(days);
    const { text } = edit(days, { start: at('2026-01-05'), end: at('2026-01-06') }, { at: '20260104' });
    const dayLater = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
    expect(startsOf(text)).toEqual(before.map(dayLater));
  });

  it('a yearly one goes to the month that it was moved to', () => {
    const yearly = event('DTSTART;VALUE=DATE:20260131', 'RRULE:FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=31');
    const { text } = edit(yearly, { start: at('2026-02-01'), end: at('2026-02-02') });
    expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1\r\n');
  });
});

describe('a series that is split at a time beside its rule', () => {
  const added = `RDATE;TZID=${zone}:20260114T140000`;
  const splitAt = (text: string) => edit(text, { title: 'New' }, { at: '20260114T130000Z', scope: 'future' });

  it('goes on at the times of its rule', () => {
    for (const rule of ['FREQ=WEEKLY', 'FREQ=WEEKLY;BYDAY=MO;COUNT=5']) {
      const whole = series(rule, added);
      const { text, later } = splitAt(whole);
      expect([...startsOf(text), ...startsOf(later)]).toEqual(startsOf(whole));
      expect(startsOf(text)).toHaveLength(2);
      expect(text).toContain('SEQUENCE:0');
    }
  });

  it('has no rule any more where that has ended', () => {
    const { text, later } = splitAt(series('FREQ=WEEKLY;COUNT=2', added));
    expect(startsOf(text)).toHaveLength(2);
    expect(startsOf(later)).toEqual(['2026-01-14T14:00:00']);
    const daily = series('FREQ=DAILY;COUNT=3', added);
    expect([...startsOf(splitAt(daily).text), ...startsOf(splitAt(daily).later)]).toEqual(startsOf(daily));
  });
});

describe('nothing is kept that has no occurrence', () => {
  const first = '20260105T080000Z';
  const withoutFirst = remove(series('FREQ=WEEKLY;BYDAY=MO'), first, 'this') ?? '';

  it('where the first ones were deleted, the following are the whole series', () => {
    const { text, later } = edit(withoutFirst, { title: 'New' }, { at: second, scope: 'future' });
    expect(later).toBeNull();
    expect(startsOf(text)[0]).toBe('2026-01-12T09:00:00');
    expect(remove(withoutFirst, second, 'future')).toBeNull();
  });

  it('but a first one that was moved is still one', () => {
    const times = { start: at('2026-01-06T09:00:00'), end: at('2026-01-06T10:00:00') };
    const moved = edit(series('FREQ=WEEKLY'), times, { at: first, scope: 'this' }).text;
    expect(startsOf(remove(moved, second, 'future'))).toEqual(['2026-01-06T09:00:00']);
  });

  it('where the last ones are deleted one by one', () => {
    const left = remove(series('FREQ=WEEKLY;COUNT=2'), first, 'this') ?? '';
    expect(startsOf(left)).toHaveLength(1);
    expect(remove(left, second, 'this')).toBeNull();
    const days = event('DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=DAILY;UNTIL=20260106');
    expect(remove(remove(days, '20260105', 'this') ?? '', '20260106', 'this')).toBeNull();
  });
});

it('a series that is to repeat no more is one appointment, with none of its other occurrences', () => {
  const whole = series('FREQ=WEEKLY;COUNT=4', `EXDATE;TZID=${zone}:20260126T090000`);
  const times = { start: at('2026-01-13T09:00:00'), end: at('2026-01-13T10:00:00') };
  const moved = edit(whole, times, { at: second, scope: 'this' }).text;
  const { text } = edit(moved, { rule: null });
  expect(startsOf(text)).toEqual(['2026-01-05T09:00:00']);
  expect(text).not.toMatch(/EXDATE|RECURRENCE-ID/);
});
