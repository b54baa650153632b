import { describe, expect, test } from 'vitest';
import { alarm, event, shapeLines } from './testing/shape-lines.js';
import type { ReminderMemory } from '@almanac/contracts';

const START = 'DTSTART:20260105T090000Z';
const ACK = '20260105T085000Z';
const LATER = '20260105T085800Z';
const at = (text: string) => Date.parse(text) / 1000;
const lastAck = at('2026-01-05T08:50:00Z');
const own = (...lines: readonly string[]) => alarm('TRIGGER:-PT15M', 'UID:own', ...lines);
const put = (time: string, of = 'own') =>
  alarm('UID:s', `RELATED-TO;RELTYPE=SNOOZE:${of}`, `TRIGGER;VALUE=DATE-TIME:${time}`);
const standard = (lines: readonly string[], memory: ReminderMemory | null = null) =>
  shapeLines(lines, { profile: 'standard', memory });
const override = (...lines: readonly string[]) =>
  event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z', ...lines);
const marksOf = (lines: readonly string[]) => lines.filter((line) => line.startsWith('X-MOZ'));
/** Microseconds of 2026-01-05T09:00Z and a day later. */
const FIRST = 'X-MOZ-SNOOZE-TIME-1767603600000000';
const SECOND = 'X-MOZ-SNOOZE-TIME-1767690000000000';

describe('R5: a dismissal in one dialect holds in the other', () => {
  test('of Thunderbird', () => {
    const shaped = standard(event(START, `X-MOZ-LASTACK:${ACK}`, ...own()));
    expect(shaped.lines).toEqual(event(START, `X-MOZ-LASTACK:${ACK}`, ...own(`ACKNOWLEDGED:${ACK}`)));
    expect(shaped.memory).toEqual({ lastAck });
    expect(shaped.changes).toMatchObject([{ row: 'R5', component: 'VEVENT', recurrenceId: null }]);
  });

  test('of RFC 9074', () => {
    const shaped = standard(event(START, ...own(`ACKNOWLEDGED:${ACK}`)));
    expect(shaped.lines).toEqual(event(START, `X-MOZ-LASTACK:${ACK}`, ...own(`ACKNOWLEDGED:${ACK}`)));
  });

  test('the newer one wins, whichever it is', () => {
    const both = event(START, `X-MOZ-LASTACK:${LATER}`, ...own(`ACKNOWLEDGED:${LATER}`));
    expect(standard(event(START, `X-MOZ-LASTACK:${LATER}`, ...own(`ACKNOWLEDGED:${ACK}`))).lines).toEqual(both);
    expect(standard(event(START, `X-MOZ-LASTACK:${ACK}`, ...own(`ACKNOWLEDGED:${LATER}`))).lines).toEqual(both);
    expect(standard(both).isSame).toBe(true);
  });

  test('per occurrence: an exception dismissed by itself leaves the reminder of the series', () => {
    const shaped = standard([
      ...event(START, 'RRULE:FREQ=DAILY', ...own()),
      ...override(...own('ACKNOWLEDGED:20260106T095000Z')),
    ]);
    const mark = 'X-MOZ-LASTACK:20260106T095000Z';
    expect(shaped.lines).toEqual([
      ...event(START, 'RRULE:FREQ=DAILY', mark, ...own()),
      ...override(mark, ...own('ACKNOWLEDGED:20260106T095000Z')),
    ]);
  });

  test('Thunderbird dismisses on the master: exceptions are answered up to then, too', () => {
    const shaped = standard([
      ...event(START, 'RRULE:FREQ=DAILY', `X-MOZ-LASTACK:${ACK}`, ...own()),
      ...override(...own()),
    ]);
    expect(shaped.lines.filter((line) => line === `ACKNOWLEDGED:${ACK}`)).toHaveLength(2);
  });

  test('data without reminders or dismissals is left alone', () => {
    for (const lines of [event(START, ...own()), event(START, `X-MOZ-LASTACK:${ACK}`), event(START)]) {
      expect(standard(lines).isSame).toBe(true);
    }
    expect(
      shapeLines(event(START, `X-MOZ-LASTACK:${ACK}`, ...own()), { profile: 'standard', rulesOff: ['R5'] }).isSame,
    ).toBe(true);
  });
});

describe('R5: a snooze in one dialect holds in the other', () => {
  test('of Thunderbird, also where the reminder had no UID', () => {
    const shaped = standard(
      event(START, `X-MOZ-LASTACK:${ACK}`, `X-MOZ-SNOOZE-TIME:${LATER}`, ...alarm('TRIGGER:-PT15M', 'DESCRIPTION:d')),
    );
    const uid = shaped.lines.find((line) => line.startsWith('UID:') && line !== 'UID:u')?.slice(4);
    expect(shaped.lines).toContain(`RELATED-TO;RELTYPE=SNOOZE:${uid}`);
    expect(shaped.lines).toContain(`TRIGGER;VALUE=DATE-TIME:${LATER}`);
    expect(shaped.lines.filter((line) => line === 'DESCRIPTION:d')).toHaveLength(2);
    expect(shaped.memory).toEqual({ lastAck, snoozedTo: [at('2026-01-05T08:58:00Z')] });
  });

  test('of RFC 9074', () => {
    const shaped = standard(event(START, ...own(`ACKNOWLEDGED:${ACK}`), ...put(LATER)));
    expect(marksOf(shaped.lines)).toEqual([`X-MOZ-LASTACK:${ACK}`, `X-MOZ-SNOOZE-TIME:${LATER}`]);
  });

  test('of one occurrence: in its exception here, by its microseconds there', () => {
    const series = event(
      START,
      'RRULE:FREQ=DAILY',
      'X-MOZ-LASTACK:20260106T095000Z',
      `${SECOND}:20260106T095500Z`,
      ...own(),
    );
    const fromThunderbird = standard([...series, ...override(...own())]).lines;
    expect(fromThunderbird.lastIndexOf('RELATED-TO;RELTYPE=SNOOZE:own')).toBeGreaterThan(
      fromThunderbird.indexOf('RECURRENCE-ID:20260106T090000Z'),
    );
    const exception = override(...own('ACKNOWLEDGED:20260106T095000Z'), ...put('20260106T095500Z'));
    const fromOther = standard([...event(START, 'RRULE:FREQ=DAILY', ...own()), ...exception]);
    expect(marksOf(fromOther.lines)).toContain(`${SECOND}:20260106T095500Z`);
  });

  test('of a series: the occurrence is the last that had reminded by then', () => {
    const shaped = standard(event(START, 'RRULE:FREQ=DAILY', ...own('ACKNOWLEDGED:20260105T084600Z'), ...put(LATER)));
    expect(marksOf(shaped.lines)).toContain(`${FIRST}:${LATER}`);
    const next = standard(
      event(START, 'RRULE:FREQ=DAILY', ...own('ACKNOWLEDGED:20260106T084600Z'), ...put('20260106T090000Z')),
    );
    expect(marksOf(next.lines)).toContain(`${SECOND}:20260106T090000Z`);
  });

  test('that is over is not translated', () => {
    const shaped = standard(
      event(START, `X-MOZ-LASTACK:${LATER}`, `X-MOZ-SNOOZE-TIME:${ACK}`, ...own(`ACKNOWLEDGED:${LATER}`)),
    );
    expect(shaped.isSame).toBe(true);
  });
});

describe('R5: a snooze that was known in both dialects', () => {
  const snoozedTo = [at('2026-01-05T08:58:00Z')];
  const answered = own(`ACKNOWLEDGED:${ACK}`);

  test('and is withdrawn in Thunderbird is gone for all', () => {
    const shaped = standard(event(START, `X-MOZ-LASTACK:${ACK}`, ...answered, ...put(LATER)), { lastAck, snoozedTo });
    expect(shaped.lines).toEqual(event(START, `X-MOZ-LASTACK:${ACK}`, ...answered));
    expect(shaped.memory).toEqual({ lastAck });
  });

  test('and is withdrawn in another program is gone for Thunderbird', () => {
    const lines = event(START, `X-MOZ-LASTACK:${ACK}`, `X-MOZ-SNOOZE-TIME:${LATER}`, ...answered);
    expect(marksOf(standard(lines, { lastAck, snoozedTo }).lines)).toEqual([`X-MOZ-LASTACK:${ACK}`]);
    expect(standard(lines, { lastAck }).lines).toContain('RELATED-TO;RELTYPE=SNOOZE:own');
  });

  test('and is put off again in Thunderbird has the new time only', () => {
    const again = [`X-MOZ-LASTACK:${LATER}`, 'X-MOZ-SNOOZE-TIME:20260105T090500Z'];
    const shaped = standard(event(START, ...again, ...answered, ...put(LATER)), { lastAck, snoozedTo });
    expect(shaped.lines.filter((line) => line.startsWith('TRIGGER'))).toEqual([
      'TRIGGER:-PT15M',
      'TRIGGER;VALUE=DATE-TIME:20260105T090500Z',
    ]);
  });

  test('is kept where a program has dropped all that it does not know', () => {
    const shaped = standard(event(START, ...answered, ...put(LATER)), { lastAck, snoozedTo });
    expect(marksOf(shaped.lines)).toEqual([`X-MOZ-LASTACK:${ACK}`, `X-MOZ-SNOOZE-TIME:${LATER}`]);
  });

  test('is left alone as long as both have it', () => {
    const lines = event(START, `X-MOZ-LASTACK:${ACK}`, `X-MOZ-SNOOZE-TIME:${LATER}`, ...answered, ...put(LATER));
    expect(standard(lines).isSame).toBe(true);
    expect(standard(lines, { lastAck, snoozedTo }).memory).toEqual({ lastAck, snoozedTo });
  });
});
