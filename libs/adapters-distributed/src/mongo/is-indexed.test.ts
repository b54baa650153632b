import type { IndexDescription } from 'mongodb';
import { expect, it } from 'vitest';
import { isIndexed } from './is-indexed.js';

const indexes: readonly IndexDescription[] = [
  { key: { stream: 1, version: 1 } },
  { key: { stream: 1, component: 1, reach: 1, starts: 1 } },
];
const partial: readonly IndexDescription[] = [
  { key: { service: 1, _id: 1 }, partialFilterExpression: { published: false } },
];

it.each([
  ['an id', { _id: 'a', live: true }, {}, true],
  ['ids, with something else to be read', { _id: { $in: ['a'] }, live: true }, {}, true],
  ['the first field', { stream: 'a' }, {}, true],
  ['a value that the index does not hold', { stream: 'a', uid: 'u' }, {}, false],
  ['no first field', { version: 1 }, {}, false],
  ['nothing', {}, {}, false],
  ['equality, then the sort', { stream: 'a', live: true }, { version: 1 }, true],
  ['a range, which is the sort', { stream: 'a', version: { $gt: 1 } }, { version: 1 }, true],
  ['a sort against the index', { stream: 'a' }, { stream: -1, version: -1 }, true],
  ['a sort that no index has', { stream: 'a' }, { name: 1 }, false],
  ['a sort in two directions', { stream: 'a' }, { stream: 1, version: -1 }, true],
  ['a walk in the order of an index', { stream: { $gt: 'a' } }, { stream: 1, version: 1 }, true],
  ['a walk in the order of the ids', {}, { _id: 1 }, true],
  ['alternatives that are all indexed', { $or: [{ _id: 'a' }, { stream: 'a', version: 1 }] }, {}, true],
  ['an alternative that is not', { $or: [{ _id: 'a' }, { uid: 'u' }] }, {}, false],
  [
    'alternatives within an indexed field',
    { stream: 'a', $or: [{ uid: { $gt: 'u' } }, { name: { $gt: 'n' } }] },
    {},
    true,
  ],
  ['all of several', { $and: [{ stream: 'a' }, { version: 1 }] }, {}, true],
] as const)('%s: %s sorted by %s: %s', (_what, filter, sort, indexed) => {
  expect(isIndexed({ filter, sort }, indexes)).toBe(indexed);
});

it('takes a partial index only where the query says what it holds', () => {
  const sort = { _id: 1 } as const;
  expect(isIndexed({ filter: { service: 's', published: false }, sort: { _id: 1 } }, partial)).toBe(true);
  expect(isIndexed({ filter: { service: 's' }, sort: {} }, partial)).toBe(false);
  expect(isIndexed({ filter: { service: 's' }, sort }, [])).toBe(true);
});
