import { describe, expect, it } from 'vitest';
import { isCalendarFault } from '../calendar-fault.js';
import { calendar, edit, event, now, read, remove, startsOf } from '../testing/edited.js';
import { utc } from '../zone.js';
import { editObject } from './edit-object.js';

const weekly = event(
  'DTSTART;TZID=Europe/Berlin:20260105T090000',
  'DTEND;TZID=Europe/Berlin:20260105T100000',
  'RRULE:FREQ=WEEKLY;BYDAY=MO',
  'X-KEPT:yes',
);
const mondays = ['05', '12', '19', '26'].map((day) => `2026-01-${day}T09:00:00`);
const third = '20260119T080000Z';

describe('a single appointment', () => {
  const single = event(
    'DTSTART:20260105T090000Z',
    'DURATION:PT1H',
    'X-KEPT:yes',
    'BEGIN:VALARM',
    'ACTION:AUDIO',
    'TRIGGER:-PT9M',
    'END:VALARM',
  );

  it('gets what was changed, and keeps everything else', () => {
    const { text } = edit(single, { title: 'New; one, two', categories: ['a,b', 'c'], isPrivate: true });
    expect(text).toContain('SUMMARY:New\\; one\\, two');
    expect(text).toContain('CATEGORIES:a\\,b,c');
    expect(text).toContain('CLASS:PRIVATE');
    expect(text).toContain('X-KEPT:yes');
    expect(text).toContain('DURATION:PT1H');
    expect(text).toContain('SEQUENCE:0');
    expect(text).toContain('LAST-MODIFIED:20260101T000000Z');
  });

  it('moves, with the VTIMEZONE of its new zone', () => {
    const zone = 'America/New_York';
    const changes = { start: { local: '2026-01-06T09:00:00', zone }, end: { local: '2026-01-06T10:30:00', zone } };
    const { text } = edit(single, changes);
    expect(text).toContain('DTSTART;TZID=America/New_York:20260106T090000');
    expect(text).toContain('RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU');
    expect(text).not.toContain('DURATION:PT1H');
    expect(startsOf(text)).toEqual(['2026-01-06T15:00:00']);
    expect(
      read(text)
        .zones('America/New_York', 0, 0)
        .toInstant(Date.UTC(2026, 6, 1) / 1000),
    ).toBe(Date.UTC(2026, 6, 1, 4) / 1000);
  });

  it('has the reminders that were set, and those that a page cannot show', () => {
    const { text } = edit(edit(single, { reminders: [10, 0] }).text, { reminders: [10, 30] });
    expect(text.match(/TRIGGER[^\r]*/g)).toEqual(['TRIGGER:-PT9M', 'TRIGGER:-PT10M', 'TRIGGER:-PT30M']);
  });

  it('stays in a zone of its own, which nobody else knows', () => {
    const text = calendar(
      ...['BEGIN:VTIMEZONE', 'TZID:Customized Time Zone', 'BEGIN:STANDARD', 'DTSTART:16010101T000000'],
      ...['TZOFFSETFROM:+0530', 'TZOFFSETTO:+0530', 'END:STANDARD', 'END:VTIMEZONE'],
      ...['BEGIN:VEVENT', 'UID:u', 'DTSTAMP:20250101T000000Z', 'RRULE:FREQ=DAILY;COUNT=2'],
      ...['DTSTART;TZID=Customized Time Zone:20260106T130000', 'DTEND;TZID=Customized Time Zone:20260106T140000'],
      'END:VEVENT',
    );
    const zone = 'Customized Time Zone';
    const changes = { start: { local: '2026-01-06T15:00:00', zone }, end: { local: '2026-01-06T16:00:00', zone } };
    const whole = edit(text, changes).text;
    expect(startsOf(whole)).toEqual(['2026-01-06T10:30:00', '2026-01-07T10:30:00']);
    expect(whole.match(/TZID[:=][^:\r]*/g)).toEqual([`TZID:${zone}`, `TZID="${zone}"`, `TZID="${zone}"`]);
    const one = edit(text, changes, { at: '20260107T073000Z', scope: 'this' }).text;
    expect(startsOf(one)).toEqual(['2026-01-06T08:30:00', '2026-01-06T10:30:00']);
  });

  it('a zone that does not exist is refused', () => {
    const start = { local: '2026-01-06T09:00:00', zone: 'Nowhere/Land' };
    const target = { object: read(single), recurrenceId: null, scope: 'all', now, newUid: 'x' } as const;
    expect(isCalendarFault(editObject(target, { start }))).toBe(true);
  });
});

describe('one occurrence', () => {
  const at = { at: third, scope: 'this' } as const;
  const zone = 'Europe/Berlin';
  const moved = { start: { local: '2026-01-20T11:00:00', zone }, end: { local: '2026-01-20T12:00:00', zone } };

  it('becomes an override of its own, which can be edited again', () => {
    const { text } = edit(weekly, moved, at);
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260119T090000');
    expect(startsOf(text)).toEqual([
      mondays[0],
      mondays[1],
      '2026-01-20T11:00:00',
      mondays[3],
      '2026-02-02T09:00:00',
      '2026-02-09T09:00:00',
    ]);
    const again = edit(text, { title: 'Again' }, at).text;
    expect(again.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(again).toContain('SUMMARY:Again');
  });

  it('is taken out, whether it was overridden or not', () => {
    const expected = [mondays[0], mondays[1], mondays[3], '2026-02-02T09:00:00', '2026-02-09T09:00:00'];
    expect(startsOf(remove(weekly, third, 'this'))).toEqual(expected);
    expect(startsOf(remove(edit(weekly, moved, at).text, third, 'this'))).toEqual(expected);
  });

  it('that is not there is refused', () => {
    const target = { object: read(weekly), recurrenceId: '20260120T080000Z', scope: 'this', now, newUid: 'x' } as const;
    expect(isCalendarFault(editObject(target, { title: 'x' }))).toBe(true);
  });
});

it('an occurrence that was added on another clock stays where it is, and moves the others as far as itself', () => {
  const added = event(
    ...['DTSTART;TZID=Europe/Berlin:20260105T090000', 'DTEND;TZID=Europe/Berlin:20260105T100000'],
    ...['RRULE:FREQ=WEEKLY;COUNT=2', 'RDATE:20260114T130000Z'],
  );
  const at = '20260114T130000Z';
  const { text } = edit(added, { title: 'Own' }, { at, scope: 'this' });
  expect(startsOf(text)).toEqual([mondays[0], mondays[1], '2026-01-14T14:00:00']);
  expect(text).toContain('DTEND;TZID=Europe/Berlin:20260114T150000');
  const zone = 'Europe/Berlin';
  const later = { start: { local: '2026-01-14T15:00:00', zone }, end: { local: '2026-01-14T16:00:00', zone } };
  expect(startsOf(edit(added, later, { at }).text)).toEqual(
    ['05T10', '12T10', '14T15'].map((time) => `2026-01-${time}:00:00`),
  );
});

describe('all occurrences', () => {
  const zone = 'Europe/Berlin';
  it('go as far as the one that was moved, with what names them', () => {
    const excluded = remove(weekly, '20260112T080000Z', 'this') ?? '';
    const overridden = edit(excluded, { title: 'Own' }, { at: '20260126T080000Z', scope: 'this' }).text;
    const times = { start: { local: '2026-01-20T10:00:00', zone }, end: { local: '2026-01-20T12:00:00', zone } };
    const { text } = edit(overridden, times, { at: third, scope: 'all' });
    expect(text).toContain('RRULE:FREQ=WEEKLY;BYDAY=TU');
    expect(text).toContain('EXDATE;TZID=Europe/Berlin:20260113T100000');
    expect(text).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260127T100000');
    expect(startsOf(text)).toEqual([
      '2026-01-06T10:00:00',
      '2026-01-20T10:00:00',
      '2026-01-27T10:00:00',
      '2026-02-03T10:00:00',
      '2026-02-10T10:00:00',
    ]);
  });

  it('become whole days', () => {
    const times = { start: { local: '2026-01-19', zone: null }, end: { local: '2026-01-20', zone: null } };
    const { text } = edit(weekly, times, { at: third, scope: 'all' });
    expect(text).toContain('DTSTART;VALUE=DATE:20260105');
    expect(startsOf(text).slice(0, 2)).toEqual(['2026-01-05', '2026-01-12']);
  });
});

describe('this and the following occurrences', () => {
  const at = { at: third, scope: 'future' } as const;

  it('become an object of their own, and the earlier ones stay', () => {
    const { text, later } = edit(weekly, { title: 'Later' }, at);
    expect(startsOf(text)).toEqual([mondays[0], mondays[1]]);
    expect(text).toContain('UNTIL=20260119T075959Z');
    expect(startsOf(later)).toEqual([mondays[2], mondays[3], '2026-02-02T09:00:00', '2026-02-09T09:00:00']);
    expect(later).toContain('UID:later');
    expect(later).toContain('SUMMARY:Later');
    expect(later).toContain('X-KEPT:yes');
  });

  it('of a number of them the rest is left', () => {
    const four = weekly.replace('BYDAY=MO', 'BYDAY=MO;COUNT=4');
    const { text, later } = edit(four, { title: 'Later' }, at);
    expect(startsOf(text)).toEqual([mondays[0], mondays[1]]);
    expect(startsOf(later)).toEqual([mondays[2], mondays[3]]);
    const same = edit(four, { title: 'Later', rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=4' }, at);
    expect(startsOf(same.later)).toEqual([mondays[2], mondays[3]]);
  });

  it('with the overrides of each part, also where the later one moves', () => {
    const own = edit(weekly, { title: 'Own' }, { at: '20260126T080000Z', scope: 'this' }).text;
    const zone = 'Europe/Berlin';
    const times = { start: { local: '2026-01-19T13:00:00', zone }, end: { local: '2026-01-19T14:00:00', zone } };
    const { text, later } = edit(own, times, at);
    expect(text).not.toContain('SUMMARY:Own');
    expect(later).toContain('RECURRENCE-ID;TZID=Europe/Berlin:20260126T130000');
    expect(startsOf(later).slice(0, 2)).toEqual(['2026-01-19T13:00:00', '2026-01-26T13:00:00']);
  });

  it('from the first one on, it is the whole series; and so it is removed', () => {
    const first = '20260105T080000Z';
    const { text, later } = edit(weekly, { title: 'All' }, { at: first, scope: 'future' });
    expect([startsOf(text).length, later]).toEqual([6, null]);
    expect(remove(weekly, first, 'future')).toBeNull();
    expect(startsOf(remove(weekly, third, 'future'))).toEqual([mondays[0], mondays[1]]);
  });

  it('of whole days', () => {
    const days = event('DTSTART;VALUE=DATE:20260101', 'RRULE:FREQ=DAILY;COUNT=5');
    const { text, later } = edit(days, { title: 'Later' }, { at: '20260103', scope: 'future' });
    expect(text).toContain('UNTIL=20260102');
    expect([startsOf(text, utc), startsOf(later, utc)].map((each) => each.length)).toEqual([2, 3]);
  });
});
