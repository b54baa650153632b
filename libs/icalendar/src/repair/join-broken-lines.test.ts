import { expect, test } from 'vitest';
import { joinBrokenLines } from './join-broken-lines.js';
import { event, expectMended, expectRefused, START } from '../testing/repaired.js';

const { said, mend } = joinBrokenLines;
const long = `ATTENDEE;CN=Ada Lovelace;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP`;

test('raw line breaks in a text become its own', () => {
  expectMended(
    event(START, 'DESCRIPTION:Agenda', '1. Welcome', '(short)', 'SUMMARY:s'),
    event(START, 'DESCRIPTION:Agenda\\n1. Welcome\\n(short)', 'SUMMARY:s'),
    said,
  );
});

test('folds that have lost their blank are joined as they were', () => {
  const rest = '=TRUE,x:mailto:ada@example.org';
  expect(mend([long, rest].join('\r\n'))).toBe(`${long}${rest}`);
  expectMended(event(START, 'ATTENDEE;RSVP', '=TRUE:mailto:a@x'), event(START, 'ATTENDEE;RSVP=TRUE:mailto:a@x'), said);
  const text = `DESCRIPTION:${'x'.repeat(63)}`;
  expect(mend([text, 'yz'].join('\n'))).toBe(`${text}yz`);
});

test('folds that are whole stay, also behind a broken line', () => {
  expectMended(event(START, 'DESCRIPTION:a', 'b c', ' d'), event(START, 'DESCRIPTION:a\\nb cd'), said);
});

test('what cannot belong to anything is refused with the line that it came with', () => {
  expectRefused(`hello\r\n${event(START)}`);
  expectRefused(`${event(START)}more`);
  expectRefused('hello');
});

test('good lines stay the very same text', () => {
  const text = event(START, 'SUMMARY:a', ' b', '', '\tc').replaceAll('\r\n', '\n');
  expect(mend(text)).toBe(text);
});
