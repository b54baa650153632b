import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { profileRules, ruleIds } from './profile-rules.js';
import { shapeObject } from './shape-object.js';
import { alarm, contentOf, event, expectSound, shapeLines, task } from './testing/shape-lines.js';

const START = 'DTSTART:20260105T090000Z';

describe('shapeObject', () => {
  test('gives the very same text, size and facts where nothing is altered, and remembers on', () => {
    const text = `\ufeff${['BEGIN:VCALENDAR', 'VERSION:2.0', ...event(START, 'SUMMARY:a', ' b'), 'END:VCALENDAR'].join('\n')}`;
    const sent = contentOf(text);
    for (const profile of ['groupware', 'standard'] as const) {
      const shaped = shapeObject({ profile, rulesOff: [] }, sent, { lastAck: 5 });
      expect(shaped).toEqual({ ...sent, changes: [], memory: { lastAck: 5 } });
    }
  });

  test('P3: standard gives back odd octets, and what it cannot read', () => {
    const sent = {
      ...contentOf(['BEGIN:VCALENDAR', 'VERSION:2.0', ...event(START), 'END:VCALENDAR'].join('\n')),
      text: 'x',
    };
    expect(shapeObject({ profile: 'standard', rulesOff: [] }, sent, null).text).toBe('x');
    expect(shapeObject({ profile: 'groupware', rulesOff: [] }, sent, null).text).toBe('x');
  });

  test('counts octets and finds the facts anew', () => {
    const shaped = shapeLines(event(START, 'SUMMARY:Grüße 😀', 'GEO:1;2', ...alarm('ACTION:AUDIO', 'TRIGGER:-PT1M')));
    expect(shaped.lines).toEqual(event(START, 'SUMMARY:Grüße 😀'));
  });

  test('a name folded in the middle is found in standard, too', () => {
    const lines = ['X-CALENDARSERVER-', ' ACCESS:PRIVATE', ...event(START)];
    expect(shapeLines(lines, { profile: 'standard' }).lines).toContain('CLASS:PRIVATE');
  });

  test('each row has one rule, and every one can be switched off', () => {
    expect(new Set(ruleIds).size).toBe(profileRules.length);
    const lines = event(
      START,
      'URL:https://x/',
      'GEO:1;2',
      ...alarm('TRIGGER:PT1H'),
      ...alarm('ACTION:AUDIO', 'TRIGGER:PT1H'),
    );
    expect(shapeLines(lines, { rulesOff: ruleIds }).isSame).toBe(true);
  });
});

const VALUES: readonly string[] = [
  ...['URL:https://x/', 'GEO:1;2', 'CLASS:CONFIDENTIAL', 'CLASS:PRIVATE', 'X-MOZ-GENERATION:1', 'X-OTHER;A="b;c":1'],
  ...['ATTENDEE:mailto:b@x', 'ORGANIZER:mailto:a@x', 'RRULE:FREQ=DAILY;COUNT=5', 'DURATION:PT1H', 'STATUS:COMPLETED'],
  ...[
    'PERCENT-COMPLETE:100',
    'PERCENT-COMPLETE:20',
    'COMPLETED:20260105T100000Z',
    'DTSTAMP:20260101T000000Z',
    'SUMMARY:ü',
  ],
  ...['X-MOZ-LASTACK:20260105T085000Z', 'X-MOZ-LASTACK:20260106T085000Z', 'X-MOZ-SNOOZE-TIME:20260105T085500Z'],
  ...['X-MOZ-SNOOZE-TIME-1767690000000000:20260106T095500Z', 'ATTACH;MANAGED-ID=1:https://x/1', 'ATTACH:https://x/2'],
];
const STARTS = [
  'DTSTART:20260105T090000Z',
  'DTSTART;TZID=Europe/Berlin:20260105T090000',
  'DTSTART;VALUE=DATE:20260105',
  'DTSTART:20260105T090000',
];
const ALARMS: readonly (readonly string[])[] = [
  alarm('TRIGGER:-PT5M'),
  alarm('TRIGGER:PT5M', 'UID:own'),
  alarm('ACTION:AUDIO', 'TRIGGER;RELATED=END:-PT5M'),
  alarm('TRIGGER;VALUE=DATE-TIME:20260105T084500Z', 'ACKNOWLEDGED:20260105T084600Z'),
  alarm('TRIGGER;VALUE=DATE-TIME:20260106T095500Z', 'RELATED-TO;RELTYPE=SNOOZE:own'),
  alarm('ACTION:NONE', 'TRIGGER;VALUE=DATE-TIME:19760401T005545Z'),
];

/** No property twice that may stand once. */
const distinct = (lines: readonly string[]) => {
  const seen = new Set<string>();
  return lines.filter((line) => {
    const name = line.split(/[;:]/)[0] as string;
    const twice = seen.has(name) && !['ATTENDEE', 'ATTACH'].includes(name);
    seen.add(name);
    return !twice;
  });
};
const part = fc.record({
  start: fc.constantFrom(...STARTS),
  lines: fc.subarray([...VALUES]).map(distinct),
  alarms: fc.array(fc.constantFrom(...ALARMS), { maxLength: 3 }).map((alarms) => alarms.flat()),
});
const calendars = fc.record({
  build: fc.constantFrom(event, task),
  master: part,
  override: fc.option(part),
  access: fc.constantFrom([], ['X-CALENDARSERVER-ACCESS:CONFIDENTIAL', 'X-WR-CALNAME:n']),
});

test.each(['groupware', 'standard'] as const)(
  'whatever is sent, %s gives what reads without fault, and once is enough',
  (profile) => {
    fc.assert(
      fc.property(calendars, fc.subarray([...ruleIds]), ({ build, master, override, access }, rulesOff) => {
        const other =
          override === null
            ? []
            : build('RECURRENCE-ID:20260106T090000Z', override.start, ...override.lines, ...override.alarms);
        const lines = [...access, ...build(master.start, ...master.lines, ...master.alarms), ...other];
        const text = ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
        const sent = contentOf(text);
        expectSound(shapeObject({ profile, rulesOff }, sent, null), text, { profile, rulesOff });
      }),
      { numRuns: 1500 },
    );
  },
);
