import { describe, expect, it } from 'vitest';
import { calendar, edit, event, read } from '../testing/edited.js';
import { utc } from '../zone.js';
import { searchObject } from './search-object.js';
import { mayHaveWords, searchedWords } from './searched-words.js';

const now = Date.UTC(2026, 0, 15) / 1000;
const times = ['DTSTART:20260105T090000Z', 'DURATION:PT1H'];
const found = (text: string, words: string) => {
  const searched = searchedWords(words);
  const hit = searchObject(read(text), searched, { now, observer: utc });
  // What is passed over unread must never be what would be found.
  if (hit !== null) expect(mayHaveWords(text, searched)).toBe(true);
  return hit;
};

const folded = `DESCRIPTION:${'x'.repeat(55)}Stra\r\n ßenfest`;
const all = event(
  ...times,
  ...['LOCATION:Zürich\\, Büro', 'CATEGORIES:One,Two\\;b', folded],
  ...[
    'ATTENDEE;CN=Édith:mailto:e%2Bx@example.org',
    'ORGANIZER:mailto:boss@example.org',
    'X-OTHER:hidden',
    'CLASS:PUBLIC',
  ],
);

describe('search', () => {
  it.each([
    'old',
    'ZURICH',
    'zürich, buro',
    'büro old',
    'strassenfest',
    'edith',
    'e+x@example.org',
    'boss@',
    'two;b',
    'fi one',
  ])('finds %s', (words) => expect(found(all.replace('SUMMARY:Old', 'SUMMARY:Old ﬁle'), words)).not.toBeNull());

  it.each(['new', 'hidden', 'public', 'old new', 'mailto:', 'VEVENT'])('does not find %s', (words) => {
    expect(found(all, words)).toBeNull();
  });

  it('an escape is no part of a word', () => {
    expect(found(event(...times, 'DESCRIPTION:first\\nnext'), 'nnext')).toBeNull();
    expect(found(event(...times, 'DESCRIPTION:first\\nnext'), 'next')).not.toBeNull();
  });

  it('tells the next occurrence, or the last', () => {
    const start = (rule: string) => found(event(...times, rule), 'old')?.shown?.start;
    expect(start('RRULE:FREQ=WEEKLY')).toBe('2026-01-19T09:00:00');
    expect(start('RRULE:FREQ=WEEKLY;COUNT=2')).toBe('2026-01-12T09:00:00');
    expect(start('RRULE:FREQ=YEARLY')).toBe('2027-01-05T09:00:00');
    expect(start('RRULE:FREQ=YEARLY;INTERVAL=4;UNTIL=20200101T000000Z')).toBe('2026-01-05T09:00:00');
    expect(found(event('DTSTART:20100105T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'), 'old')?.shown?.start).toBe(
      '2010-01-07T09:00:00',
    );
    expect(found(event('DTSTART:20400105T090000Z', 'RRULE:FREQ=DAILY;COUNT=3'), 'old')?.shown?.start).toBe(
      '2040-01-05T09:00:00',
    );
  });

  it('by what one occurrence is called, that one', () => {
    const weekly = event(...times, 'RRULE:FREQ=WEEKLY');
    const named = edit(weekly, { title: 'Special' }, { at: '20260112T090000Z', scope: 'this' }).text;
    expect(found(named, 'special')?.shown).toMatchObject({
      start: '2026-01-12T09:00:00',
      recurrenceId: '20260112T090000Z',
    });
    expect(found(named, 'special old')).toBeNull();
  });

  it('tasks, also those without a time', () => {
    const task = calendar('BEGIN:VTODO', 'UID:t', 'DTSTAMP:20250101T000000Z', 'SUMMARY:Buy', 'END:VTODO');
    expect(found(task, 'buy')).toMatchObject({ shown: null });
  });
});
