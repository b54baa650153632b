import { Binary } from 'mongodb';
import { expect, it } from 'vitest';
import { compareDocuments, pairsOf, type Row } from './compare-documents.js';

async function* rows(...ids: string[]): AsyncGenerator<Row> {
  for (const _id of ids) yield { _id };
}

it('names each column that differs, and octets by their number', () => {
  const actual = { _id: 'a', version: 2, data: new Binary(Buffer.from('ab')), facts: { b: 1, a: 2 } };
  const expected = { _id: 'a', version: 3, data: new Binary(Buffer.from('abc')), facts: { a: 2, b: 1 } };
  expect(compareDocuments('members', [actual, expected])).toEqual([
    { table: 'members', row: 'a', fault: 'version is 2, not 3' },
    { table: 'members', row: 'a', fault: 'data is 2 octets, not 3 octets' },
  ]);
});

it('names a column that is missing, or too many', () => {
  const [missing, superfluous] = compareDocuments('homes', [
    { _id: 'a', x: 1 },
    { _id: 'a', y: 2 },
  ]);
  expect([missing?.fault, superfluous?.fault]).toEqual(['y is undefined, not 2', 'x is 1, not undefined']);
});

it('names what is missing and what is superfluous, in the order of UTF-8', async () => {
  const found = [];
  // U+FF5E sorts before U+1F600 in UTF-8, and after it in UTF-16.
  for await (const pair of pairsOf(rows('a', 'b', '～'), rows('a', '～', '😀'))) {
    found.push(...compareDocuments('members', pair));
  }
  expect(found.map(({ row, fault }) => [row, fault])).toEqual([
    ['b', 'is there, but the log does not say so'],
    ['😀', 'is missing'],
  ]);
});

it('finds nothing between equals', () => {
  const data = () => new Binary(Buffer.from('x'));
  expect(
    compareDocuments('members', [
      { _id: 'a', data: data() },
      { _id: 'a', data: data() },
    ]),
  ).toEqual([]);
});
