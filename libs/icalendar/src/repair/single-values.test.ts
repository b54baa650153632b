import { expect, test } from 'vitest';
import { dropEmptyValues } from './drop-empty-values.js';
import { dropUnreadableDetails } from './drop-unreadable-details.js';
import { keepFirstOfSingleProperties } from './keep-first-of-single-properties.js';
import { repairCalendarData } from './repair-calendar-data.js';
import {
  alarm,
  calendar,
  event,
  expectMended,
  expectRefused,
  expectTolerated,
  START,
  task,
} from '../testing/repaired.js';

const REMINDER = ['ACTION:DISPLAY', 'TRIGGER:-PT5M'];

test.each(['DTEND:', 'DURATION:', 'RRULE:', 'SEQUENCE:', 'PRIORITY: ', 'CREATED:', 'LAST-MODIFIED:'])(
  'an empty %s is removed',
  (line) => {
    expectMended(event(START, line, 'SUMMARY:s'), event(START, 'SUMMARY:s'), dropEmptyValues.said);
  },
);

test('also in tasks and reminders', () => {
  expectMended(task('DUE:', 'COMPLETED:', 'PERCENT-COMPLETE:'), task(), dropEmptyValues.said);
  expectMended(
    event(START, ...alarm(...REMINDER, 'DURATION:', 'REPEAT:')),
    event(START, ...alarm(...REMINDER)),
    dropEmptyValues.said,
  );
});

test('empty texts and empty exception lists are tolerated; an empty UID or DTSTART is refused', () => {
  expectTolerated(event(START, 'SUMMARY:', 'LOCATION:', 'EXDATE:'));
  expectRefused(event('DTSTART:'));
  expectRefused(event(START).replace('UID:u', 'UID:'));
});

test.each(['DTSTAMP:yesterday', 'CREATED:2026-01-05T09:00:00Z', 'LAST-MODIFIED:0', 'PRIORITY:high', 'SEQUENCE:1.0'])(
  '%s cannot be read and is removed',
  (line) => {
    expectMended(event(START, line), event(START), dropUnreadableDetails.said);
  },
);

test('also the progress of a task and the acknowledgement of a reminder', () => {
  expectMended(task('PERCENT-COMPLETE:50.0', 'COMPLETED:now'), task(), dropUnreadableDetails.said);
  const sent = event(START, ...alarm(...REMINDER, 'ACKNOWLEDGED:now'));
  expectMended(sent, event(START, ...alarm(...REMINDER)), dropUnreadableDetails.said);
});

test.each([
  ['DTSTAMP:20260101T000000Z', 'DTSTAMP:20260102T000000Z'],
  ['SUMMARY:a', 'SUMMARY:b'],
  ['SEQUENCE:1', 'SEQUENCE:2'],
  ['CLASS:PRIVATE', 'CLASS:PRIVATE'],
  ['DTEND:20260105T100000Z', 'DTEND:20260105T100000Z'],
])('of %s and %s the first is kept', (first, second) => {
  expectMended(event(START, first, second), event(START, first), keepFirstOfSingleProperties.said);
});

test.each([
  ['UID:u', 'UID:v'],
  [START, 'DTSTART:20260106T090000Z'],
  ['DTEND:20260105T100000Z', 'DTEND:20260105T110000Z'],
  ['CLASS:PUBLIC', 'CLASS:PRIVATE'],
])('%s beside %s is refused: who knows which is meant', (first, second) => {
  expectRefused(calendar('BEGIN:VEVENT', ...new Set(['UID:u', START, first, second]), 'END:VEVENT'));
});

test('properties that may stand more than once stay', () => {
  const text = event(START, 'ATTENDEE:mailto:a@x', 'ATTENDEE:mailto:a@x', 'CATEGORIES:a', 'CATEGORIES:a');
  expect(repairCalendarData(text)).toEqual({ text, repairs: [] });
});
