import { describe, expect, it } from 'vitest';
import { propertyOf } from '../component-tree.js';
import { isPrivate } from '../privacy.js';
import { calendar, edit, event, read, startsOf } from '../testing/edited.js';
import { detailsOf, type ObjectDetails } from './object-details.js';
import { peopleOf } from './people.js';

const zone = 'Europe/Berlin';
const weekly = event(
  ...[`DTSTART;TZID=${zone}:20260105T090000`, `DTEND;TZID=${zone}:20260105T100000`, 'RRULE:FREQ=WEEKLY;COUNT=4'],
  ...['LOCATION:Room 1', 'CATEGORIES:one,two', 'CLASS:PRIVATE', 'ORGANIZER:mailto:ada@example.org'],
  ...['ATTENDEE;PARTSTAT=ACCEPTED:mailto:bob@example.org', 'ATTENDEE:mailto:cleo@example.org'],
  ...['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:x', 'TRIGGER:-PT10M', 'END:VALARM'],
);
const second = '20260112T080000Z';
const third = '20260119T080000Z';
const times = {
  start: { local: '2026-01-14T11:00:00', zone },
  end: { local: '2026-01-14T12:00:00', zone },
};
const dragged = edit(weekly, times, { at: second, scope: 'this' }).text;
const named = edit(dragged, { title: 'Own', location: 'Room 2', reminders: [30] }, { at: third, scope: 'this' }).text;

const overridesIn = (text: string | null) => read(text ?? '').series.overrides;
const own = (text: string | null, name: keyof ObjectDetails) => overridesIn(text).map((item) => detailsOf(item)[name]);
const sequences = (text: string) => overridesIn(text).map(({ component }) => propertyOf(component, 'SEQUENCE')?.value);
const invited = (text: string | null) =>
  overridesIn(text).map(({ component }) =>
    peopleOf(component).attendees.map(({ address, status }) => `${address} ${status}`),
  );
const organizer = { address: 'ada@example.org', name: null };
const attend = (...addresses: readonly string[]) => ({
  people: { organizer, attendees: addresses.map((address) => ({ address, name: null })) },
});

describe('what is changed of all occurrences', () => {
  it('reaches those that were changed before, in what they had from the series', () => {
    const { text } = edit(named, { location: 'Room 3', title: 'New', categories: ['two', 'three'], isFree: true });
    expect(own(text, 'location')).toEqual(['Room 3', 'Room 2']);
    expect(own(text, 'title')).toEqual(['New', 'Own']);
    expect(own(text, 'categories')).toEqual([
      ['two', 'three'],
      ['two', 'three'],
    ]);
    expect(own(text, 'isFree')).toEqual([true, true]);
    expect(startsOf(text)).toEqual(startsOf(named));
  });

  it('reaches them from any of the occurrences, and each once', () => {
    const from = (at: string) => edit(named, { location: 'Room 3' }, { at }).text;
    expect(own(from('20260126T080000Z'), 'location')).toEqual(['Room 3', 'Room 2']);
    expect(own(from(second), 'location')).toEqual(['Room 3', 'Room 2']);
    expect(own(from(third), 'location')).toEqual(['Room 3', 'Room 3']);
    expect(sequences(from(third))).toEqual(['1', '1']);
    expect(sequences(edit(named, { location: 'Room 1' }, { at: third }).text)).toEqual(['0', '1']);
  });

  it('takes privacy from each: one that is private masks the series for others (V4)', () => {
    const text = edit(named, { isPrivate: false }, { at: '20260105T080000Z' }).text;
    expect(isPrivate(text)).toBe(false);
    const open = edit(text, { isPrivate: true }, { at: third, scope: 'this' }).text;
    expect(isPrivate(edit(open, { isPrivate: false }).text)).toBe(false);
    expect(own(edit(text, { isPrivate: true }).text, 'isPrivate')).toEqual([true, true]);
  });

  it('sets reminders where they were those of the series', () => {
    expect(own(edit(named, { reminders: [5, 0] }).text, 'reminders')).toEqual([[5, 0], [30]]);
  });

  it('invites and takes out where those of the series were invited, and keeps what each answered', () => {
    const alone = edit(named, attend('bob@example.org'), { at: third, scope: 'this' }).text;
    const declined = alone.replace(/(RECURRENCE-ID.*20260112T[\s\S]*?)PARTSTAT=ACCEPTED/, '$1PARTSTAT=DECLINED');
    const { text } = edit(declined, attend('Bob@example.org', 'dora@example.org'));
    expect(invited(text)).toEqual([
      ['bob@example.org DECLINED', 'dora@example.org NEEDS-ACTION'],
      ['bob@example.org ACCEPTED'],
    ]);
  });

  it('renews the stamps of those alone that it changes', () => {
    const { text } = edit(named, { title: 'New' });
    expect(sequences(named)).toEqual(['0', '0']);
    expect(sequences(text)).toEqual(['1', '0']);
    expect(overridesIn(edit(named, { rule: 'FREQ=WEEKLY;COUNT=5' }).text)).toHaveLength(2);
    expect(sequences(edit(named, { rule: 'FREQ=WEEKLY;COUNT=5' }).text)).toEqual(['0', '0']);
  });
});

it('what is changed from one occurrence on reaches those that were changed after it, and none before', () => {
  const { text, later } = edit(named, { location: 'Room 3', title: 'New' }, { at: third, scope: 'future' });
  expect(own(text, 'location')).toEqual(['Room 1']);
  expect(own(later, 'location')).toEqual(['Room 3']);
  const fromSecond = edit(named, { title: 'New', isPrivate: false }, { at: second, scope: 'future' }).later;
  expect(own(fromSecond, 'title')).toEqual(['New', 'Own']);
  expect(isPrivate(fromSecond ?? '')).toBe(false);
});

it('a task that is begun is not completed by halves', () => {
  const task = calendar(
    ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'DUE:20260105T090000Z', 'RRULE:FREQ=WEEKLY', 'END:VTODO'],
  );
  const untouched = edit(task, { title: 'Own' }, { at: '20260112T090000Z', scope: 'this' }).text;
  const begun = edit(untouched, { percent: 50 }, { at: '20260119T090000Z', scope: 'this' }).text;
  const { text } = edit(begun, { status: 'COMPLETED', percent: 100 });
  expect([own(text, 'status'), own(text, 'percent')]).toEqual([
    ['COMPLETED', null],
    [100, 50],
  ]);
});

it('a reminder for all is none for a task that has lost its time', () => {
  const task = calendar(
    ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'DUE:20260105T090000Z', 'RRULE:FREQ=WEEKLY', 'END:VTODO'],
    ...['BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'RECURRENCE-ID:20260112T090000Z', 'END:VTODO'],
  );
  const { text } = edit(task, { reminders: [10], title: 'New' });
  expect([own(text, 'reminders'), own(text, 'title')]).toEqual([[[]], ['New']]);
});
