import { describe, expect, it } from 'vitest';
import { DavError } from '../dav-error.js';
import { parseDepth } from './depth.js';
import { matchesEntityTag, parseEntityTags } from './entity-tags.js';
import { parseOverwrite } from './overwrite.js';
import { parsePrefer } from './prefer.js';

describe('parseDepth', () => {
  it.each([
    ['0', 0],
    [' 1 ', 1],
    ['infinity', 'infinity'],
    ['Infinity', 'infinity'],
    [undefined, 'infinity'],
  ] as const)('%j', (value, depth) => expect(parseDepth(value, 'infinity')).toBe(depth));

  it.each(['', '2', '-1', '01', 'infinite', '0,1'])('refuses %j', (value) => {
    expect(() => parseDepth(value, 0)).toThrow(DavError);
  });
});

describe('parseOverwrite', () => {
  it.each([
    [undefined, true],
    ['T', true],
    ['f', false],
    [' F ', false],
  ] as const)('%j', (value, overwrite) => expect(parseOverwrite(value)).toBe(overwrite));

  it.each(['', 'true', 'no'])('refuses %j', (value) => {
    expect(() => parseOverwrite(value)).toThrow(expect.objectContaining({ status: 400 }));
  });
});

describe('parseEntityTags', () => {
  it.each([
    ['"a"', ['a']],
    ['"a", "b"', ['a', 'b']],
    ['"a","b,c" , W/"d"', ['a', 'b,c', 'd']],
    ['w/"a"', ['a']],
    ['"a-gzip"', ['a']],
    ['"a;gzip"', ['a']],
    ['"a--gzip"', ['a']],
    ['W/"a-gzip"', ['a']],
    ['a', ['a']],
    ['a, b', ['a', 'b']],
    ['W/a', ['a']],
    ['"a', ['a']],
    ['a"', ['a']],
    ['"a b"', ['a b']],
    ['""', ['']],
    ['', []],
    [' , ', []],
  ])('%j', (value, tags) => expect(parseEntityTags(value)).toEqual({ any: false, tags }));

  it.each(['*', ' * ', '"*"', '"a", *'])('%j is any', (value) => expect(parseEntityTags(value)?.any).toBe(true));

  it('is null without a header', () => expect(parseEntityTags(undefined)).toBeNull());
});

describe('matchesEntityTag', () => {
  const condition = { any: false, tags: ['a', 'b'] };

  it.each([
    ['"b"', true],
    ['b', true],
    ['W/"a"', true],
    ['"c"', false],
    ['', false],
    [null, false],
  ])('%j', (current, matches) => expect(matchesEntityTag(condition, current)).toBe(matches));

  it('takes * for anything that exists', () => {
    expect(matchesEntityTag({ any: true, tags: [] }, '"x"')).toBe(true);
    expect(matchesEntityTag({ any: true, tags: [] }, null)).toBe(false);
  });

  it('lets a header without a tag match nothing, so that a broken If-Match cannot overwrite', () => {
    expect(matchesEntityTag(parseEntityTags(' ') ?? condition, '"x"')).toBe(false);
  });
});

describe('parsePrefer', () => {
  const none = { minimal: false, representation: false };

  it.each([
    [undefined, undefined, none],
    ['return=minimal', undefined, { ...none, minimal: true }],
    ['return="minimal"', undefined, { ...none, minimal: true }],
    ['Return = Minimal; foo', undefined, { ...none, minimal: true }],
    ['respond-async, wait=10, return=representation', undefined, { ...none, representation: true }],
    ['depth-noroot, return=minimal', undefined, { ...none, minimal: true }],
    ['return=minimal, return=representation', undefined, { ...none, minimal: true }],
    ['foo; return=minimal', undefined, none],
    ['x="return=minimal"', undefined, none],
    ['returns=minimal', undefined, none],
    ['return', undefined, none],
    [undefined, 't', { ...none, minimal: true }],
    [undefined, 'F', none],
    ['return=representation', 't', { ...none, representation: true }],
  ])('%j, %j', (value, brief, wanted) => expect(parsePrefer(value, brief)).toEqual(wanted));
});
