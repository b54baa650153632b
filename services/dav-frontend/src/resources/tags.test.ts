import { expect, it } from 'vitest';
import { entityTag, memberTag, parseSyncToken, syncTokenOf } from './tags.js';

it('an entity tag is strong and names epoch and version', () => {
  expect(entityTag({ epoch: 'abc1' }, 7, '')).toBe('"abc1-7"');
  expect(memberTag('abc1-7', '')).toEqual({ epoch: 'abc1', version: 7 });
});

it('an entity tag of another view names nothing: what was masked cannot overwrite what is whole (V4)', () => {
  expect(entityTag({ epoch: 'abc1' }, 7, '-f00.2~a')).toBe('"abc1-7-f00.2~a"');
  for (const ending of ['-f00.2~a', '-f00.2']) {
    expect(memberTag('abc1-7-f00.2~a', ending)).toEqual({ epoch: 'abc1', version: 7 });
  }
  for (const ending of ['', '-f00.3~a', '~a']) expect(memberTag('abc1-7-f00.2~a', ending).version).toBe(-1);
});

it.each(['', 'abc', 'abc-', '-7', 'abc-0', 'abc-07', 'ABC-7', 'abc-7-8', 'abc-1e3'])(
  'a tag that is none of ours names nothing that exists: %j',
  (tag) => expect(memberTag(tag, '').version).toBe(-1),
);

it('a sync token holds a colon and a slash, for Evolution, and reads back', () => {
  for (const position of [
    { epoch: 'e', after: 0, began: 0, view: '', overlay: 0 },
    { epoch: 'e', after: 5, began: 5, view: '', overlay: 0 },
    { epoch: 'e', after: 5, began: 9, view: '', overlay: 0 },
    { epoch: 'e', after: 5, began: 9, view: 'f00', overlay: 3 },
    { epoch: 'e', after: 5, began: 5, view: 'f00', overlay: 0 },
  ]) {
    expect(syncTokenOf(position)).toMatch(/^[^/]+:[^/]+\/.+/);
    expect(parseSyncToken(syncTokenOf(position))).toEqual(position);
  }
});

it.each([
  '',
  'x',
  'urn:almanac:sync/',
  'urn:almanac:sync/e',
  'urn:almanac:sync/e/-1',
  'urn:almanac:sync/e/1/2/3',
  'urn:almanac:sync/e/1;f00',
  'urn:almanac:sync/e/1;f00.',
  'http://x/e/1',
])('what is no token of ours is not read: %j', (token) => expect(parseSyncToken(token)).toBeNull());
