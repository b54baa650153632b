import { describe, expect, test } from 'vitest';
import { dropDurationBesideEnd } from './drop-duration-beside-end.js';
import { dropEndBeforeStart } from './drop-end-before-start.js';
import { endLikeStart } from './end-like-start.js';
import { repairCalendarData } from './repair-calendar-data.js';
import { calendar, event, expectMended, expectTolerated, START, task } from '../testing/repaired.js';

const DAY = 'DTSTART;VALUE=DATE:20260105';
const BERLIN = 'DTSTART;TZID=Europe/Berlin:20260105T090000';

describe('DTEND of another type than DTSTART', () => {
  test.each([
    ['a day that ends within the next', DAY, 'DTEND:20260106T100000Z', 'DTEND;VALUE=DATE:20260107'],
    ['a day that ends at midnight', DAY, 'DTEND;TZID=Europe/Berlin:20260106T000000', 'DTEND;VALUE=DATE:20260106'],
    ['a time that ends with a day', START, 'DTEND;VALUE=DATE:20260107', 'DTEND:20260107T000000Z'],
    ['a time in a zone', BERLIN, 'DTEND;VALUE=DATE:20260107', 'DTEND;TZID=Europe/Berlin:20260107T000000'],
    ['a floating time', 'DTSTART:20260105T090000', 'DTEND;VALUE=DATE:20260106', 'DTEND:20260106T000000'],
  ])('%s', (_, start, sent, mended) => {
    expectMended(event(start, sent), event(start, mended), endLikeStart.said);
  });

  test('which then lies before it is removed', () => {
    expect(repairCalendarData(event(START, 'DTEND;VALUE=DATE:20260105'))).toEqual({
      text: event(START),
      repairs: [endLikeStart.said, dropEndBeforeStart.said],
    });
  });

  test('is tolerated in tasks', () => {
    expectTolerated(task(START, 'DUE;VALUE=DATE:20260106'));
  });
});

describe('an end before the start', () => {
  test.each([
    ['a time', START, 'DTEND:20260105T080000Z'],
    ['a day', DAY, 'DTEND;VALUE=DATE:20260104'],
    ['a time in another zone', BERLIN, 'DTEND;TZID=Asia/Tokyo:20260105T090000'],
  ])('of an appointment is removed: %s', (_, start, end) => {
    expectMended(event(start, end), event(start), dropEndBeforeStart.said);
  });

  test('T5: of a task the start goes, since the due date is what matters', () => {
    expectMended(task(START, 'DUE:20260104T090000Z'), task('DUE:20260104T090000Z'), dropEndBeforeStart.said);
  });

  test('in one override, and the others stay', () => {
    const part = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
    const master = part(START, 'DTEND:20260105T100000Z', 'RRULE:FREQ=DAILY');
    const override = ['RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z'];
    expectMended(
      calendar(...master, ...part(...override, 'DTEND:20260106T090000Z')),
      calendar(...master, ...part(...override)),
      dropEndBeforeStart.said,
    );
  });

  test('equal to it is tolerated', () => {
    expectTolerated(event(START, 'DTEND:20260105T090000Z'));
    expectTolerated(event(DAY, 'DTEND;VALUE=DATE:20260105'));
  });
});

test('DURATION beside an end is removed', () => {
  const end = 'DTEND:20260105T100000Z';
  expectMended(event(START, end, 'DURATION:PT1H'), event(START, end), dropDurationBesideEnd.said);
  const due = 'DUE:20260105T100000Z';
  expectMended(task(START, 'DURATION:PT2H', due), task(START, due), dropDurationBesideEnd.said);
});
