import { expect, it } from 'vitest';
import { parseRange } from './range.js';

it.each([
  [undefined, 10, null],
  ['bytes=0-4', 10, { start: 0, end: 5 }],
  ['bytes=5-', 10, { start: 5, end: 10 }],
  ['bytes=-3', 10, { start: 7, end: 10 }],
  ['bytes=-30', 10, { start: 0, end: 10 }],
  ['bytes=9-100', 10, { start: 9, end: 10 }],
  ['Bytes = 0 - 0', 10, { start: 0, end: 1 }],
  ['bytes=10-', 10, 'unsatisfiable'],
  ['bytes=-0', 10, 'unsatisfiable'],
  ['bytes=0-', 0, 'unsatisfiable'],
  ['bytes=4-2', 10, null],
  ['bytes=0-1,3-4', 10, null],
  ['bytes=-', 10, null],
  ['items=0-4', 10, null],
  ['nonsense', 10, null],
] as const)('RFC 9110 14: %s of %i octets', (value, size, range) => expect(parseRange(value, size)).toEqual(range));
