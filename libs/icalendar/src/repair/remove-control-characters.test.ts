import { expect, test } from 'vitest';
import { removeControlCharacters } from './remove-control-characters.js';
import { event, expectMended, expectTolerated, START } from '../testing/repaired.js';

const { said, mend } = removeControlCharacters;

test.each(['\u0000', '\u0007', '\u000b', '\u001f', '\u007f'])(
  'a control character in a text is removed: %j',
  (character) => {
    expectMended(event(START, `SUMMARY:a${character}b`), event(START, 'SUMMARY:ab'), said);
  },
);

test('CR CR LF and CR alone end lines', () => {
  const text = event(START, 'SUMMARY:a');
  expectMended(text.replaceAll('\r\n', '\r\r\n'), text, said);
  expectMended(text.replaceAll('\r\n', '\r'), text, said);
});

test('tabs, bare LF and characters beyond ASCII are none of its business', () => {
  const text = event(START, 'SUMMARY:a\tb é \u0085 😀').replaceAll('\r\n', '\n');
  expect(mend(text)).toBe(text);
  expectTolerated(text);
});

test('a megabyte of CRs costs a moment', () => {
  const begun = performance.now();
  expect(mend('\r'.repeat(1_000_000))).toBe('\r\n');
  expect(performance.now() - begun).toBeLessThan(1000);
});
