import { test } from 'vitest';
import { followValueType } from './follow-value-type.js';
import { event, expectMended, expectRefused, expectTolerated, START } from '../testing/repaired.js';

test.each([
  ['DTSTART;VALUE=DATE:20260105T000000', 'DTSTART;VALUE=DATE:20260105'],
  ['DTSTART;VALUE=DATE:20260105T000000Z', 'DTSTART;VALUE=DATE:20260105'],
  ['DTSTART;VALUE=DATE:20260105T090000Z', 'DTSTART:20260105T090000Z'],
  ['DTSTART;TZID=Europe/Berlin;VALUE=DATE:20260105T090000', 'DTSTART;TZID=Europe/Berlin:20260105T090000'],
  ['DTSTART;VALUE=DATE-TIME:20260105', 'DTSTART;VALUE=DATE:20260105'],
  ['DTSTART;VALUE=DATE-TIME;TZID=Europe/Berlin:20260105', 'DTSTART;VALUE=DATE:20260105'],
])('%s is %s', (sent, mended) => {
  expectMended(event(sent), event(mended), followValueType.said);
});

test('lists of exceptions as well', () => {
  const sent = event(
    'DTSTART;VALUE=DATE:20260105',
    'RRULE:FREQ=DAILY',
    'EXDATE;VALUE=DATE:20260106T000000Z,20260107T000000Z',
  );
  const mended = event('DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20260106,20260107');
  expectMended(sent, mended, followValueType.said);
});

test('a date without VALUE is tolerated, what is neither is refused', () => {
  expectTolerated(event('DTSTART:20260105'));
  expectTolerated(event(START, 'RRULE:FREQ=DAILY;UNTIL=20260110'));
  expectRefused(event('DTSTART;VALUE=DATE:tomorrow'));
});
