import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldLine } from './write-component.js';

test('RFC 5545 3.1: a line is folded at 75 octets, never within a character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const line = `X:${text.replace(/[\r\n]/g, '')}`;
      const folded = foldLine(line);
      const octets = folded
        .slice(0, -2)
        .split('\r\n')
        .map((part) => new TextEncoder().encode(part).length);
      expect(Math.max(...octets)).toBeLessThanOrEqual(75);
      expect(folded.endsWith('\r\n')).toBe(true);
      expect(folded.slice(0, -2).replaceAll('\r\n ', '')).toBe(line);
    }),
  );
});

test('a short line stays whole', () => {
  expect(foldLine('X'.repeat(75))).toBe(`${'X'.repeat(75)}\r\n`);
  expect(foldLine('X'.repeat(76))).toBe(`${'X'.repeat(75)}\r\n X\r\n`);
});
