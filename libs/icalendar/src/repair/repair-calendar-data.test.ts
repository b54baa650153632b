import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readOrRepair, repairCalendarData, textRepairs, treeRepairs } from './repair-calendar-data.js';
import { alarm, calendar, event, expectRefused, expectTolerated, START } from '../testing/repaired.js';

test('several faults in one object are mended together, in the written order', () => {
  const sent = [
    ...[
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:u',
      START,
      'DTSTAMP:now',
      'DURATION:P1H',
      'SEQUENCE:',
    ],
    ...['DESCRIPTION:a', 'b\u0007', ...alarm('ACTION:DISPLAY'), 'END:VEVENT', 'END:VCALENDAR'],
  ].join('\n');
  const { text, repairs } = repairCalendarData(sent);
  expect(text).toBe(event(START, 'DURATION:PT1H', 'DESCRIPTION:a\\nb'));
  const written = [...textRepairs, ...treeRepairs].map(({ said }) => said).filter((said) => repairs.includes(said));
  expect(repairs).toEqual(written);
  expect(repairs).toHaveLength(8);
});

test('B18: a rule within an override, as Android sends it, is tolerated and means nothing', () => {
  const part = (...lines: readonly string[]) => ['BEGIN:VEVENT', 'UID:u', ...lines, 'END:VEVENT'];
  expectTolerated(
    calendar(...part(START, 'RRULE:FREQ=DAILY'), ...part('RECURRENCE-ID:20260106T090000Z', START, 'RRULE:FREQ=DAILY')),
  );
});

test.each([
  ['no UID', event(START).replace('UID:u\r\n', '')],
  ['no DTSTART', event()],
  ['no end', event(START).replace('END:VEVENT\r\n', '')],
  ['a day that does not exist', event('DTSTART:20260230T090000Z')],
  ['a rule that is none', event(START, 'RRULE:FREQ=OFTEN')],
  ['an unknown zone', event('DTSTART;TZID=Mars/Olympus:20260105T090000')],
  [
    'two components for one instance (B17)',
    calendar(...['BEGIN:VEVENT', 'UID:u', START, 'END:VEVENT', 'BEGIN:VEVENT', 'UID:u', START, 'END:VEVENT']),
  ],
  ['no calendar', '<html></html>'],
])('what nobody can mend keeps its fault and line: %s', (_, text) => {
  expectRefused(text);
});

test('the fault of what was sent stands where repairs are not enough', () => {
  const sent = event('RRULE:FREQ=OFTEN', START).replace('VERSION:2.0', 'VERSION:2.0\r\nMETHOD:REQUEST');
  expect(readOrRepair(sent)).toMatchObject({ code: 'valid-calendar-object-resource', line: 3 });
});

test('long texts are folded anew', () => {
  const { text } = repairCalendarData(event(START, `SUMMARY:${'ü'.repeat(100)}`).replace('VERSION:2.0\r\n', ''));
  expect(text.split('\r\n').every((line) => new TextEncoder().encode(line).byteLength <= 75)).toBe(true);
});

const LINES = event(
  START,
  'DTEND:20260105T100000Z',
  'DESCRIPTION:a',
  ...alarm('ACTION:DISPLAY', 'TRIGGER:-PT5M'),
).split('\r\n');
const PIECES = ['P1H', '-', ':', ';VALUE=DATE', '\r', '\n', '\u0000', 'T', '20260104', 'METHOD:X\r\n', ''];

test('no text makes a repair throw, and what it gives needs no second one', () => {
  const mutation = fc.record({ at: fc.nat({ max: 220 }), cut: fc.nat({ max: 8 }), piece: fc.constantFrom(...PIECES) });
  fc.assert(
    fc.property(fc.subarray(LINES), fc.array(mutation, { maxLength: 3 }), (lines, mutations) => {
      let text = lines.join('\r\n');
      for (const { at, cut, piece } of mutations) text = text.slice(0, at) + piece + text.slice(at + cut);
      const first = readOrRepair(text);
      if ('code' in first) return;
      expect(readOrRepair(first.text)).toMatchObject({ text: first.text, repairs: [] });
    }),
    { numRuns: 3000 },
  );
});
