import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DavError } from '../dav-error.js';
import { evaluateIf } from './evaluate-if.js';
import { type IfCondition, type IfList, parseIf } from './if-header.js';

const lock = 'urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2';
const other = 'urn:uuid:58f202ac-22cf-11d1-b12d-002035b29092';
const token = (value: string, negate = false): IfCondition => ({ negate, kind: 'token', value });
const etag = (value: string, negate = false): IfCondition => ({ negate, kind: 'etag', value });
const list = (...conditions: readonly IfCondition[]): IfList => ({ resource: null, conditions });

describe('parseIf', () => {
  it.each<[string, string, readonly IfList[]]>([
    [
      '10.4.6',
      `(<${lock}> ["I am an ETag"]) (["I am another ETag"])`,
      [list(token(lock), etag('I am an ETag')), list(etag('I am another ETag'))],
    ],
    ['10.4.7', `(Not <${lock}> <${other}>)`, [list(token(lock, true), token(other))]],
    ['10.4.8', `(<${lock}>) (Not <DAV:no-lock>)`, [list(token(lock)), list(token('DAV:no-lock', true))]],
    [
      '10.4.9',
      `</resource1> (<${lock}> [W/"A weak ETag"]) (["strong ETag"])`,
      [
        { resource: '/resource1', conditions: [token(lock), etag('A weak ETag')] },
        { resource: '/resource1', conditions: [etag('strong ETag')] },
      ],
    ],
    [
      '10.4.10',
      `<http://www.example.com/specs/> (<${lock}>)`,
      [{ resource: 'http://www.example.com/specs/', conditions: [token(lock)] }],
    ],
    ['10.4.11', '</specs/rfc2518.doc> (["4217"])', [{ resource: '/specs/rfc2518.doc', conditions: [etag('4217')] }]],
    [
      'no white space',
      '(Not<a:b>["x"]not["y"])(["z"])',
      [list(token('a:b', true), etag('x'), etag('y', true)), list(etag('z'))],
    ],
    [
      'two tags',
      '</a> (["1"]) </b> (["2"])',
      [
        { resource: '/a', conditions: [etag('1')] },
        { resource: '/b', conditions: [etag('2')] },
      ],
    ],
    ['brackets inside a tag', '(["a]b)c"])', [list(etag('a]b)c'))]],
    ['tags as proxies and careless clients write them', '(["a-gzip"]) ([b])', [list(etag('a')), list(etag('b'))]],
    ['a sync token (RFC 6578 5)', '(<http://almanac.example/sync/1>)', [list(token('http://almanac.example/sync/1'))]],
  ])('reads %s', (_, header, lists) => expect(parseIf(header)).toEqual(lists));

  it('is null without a header', () => expect(parseIf(undefined)).toBeNull());

  it.each([
    '',
    ' ',
    '()',
    '(',
    ')',
    'x',
    '<a:b>',
    '</a> </b> (["1"])',
    '(["1"]) </a> (["2"])',
    '(["1"]) </a>',
    '(["1"]',
    '(["1"))',
    '([])',
    '(<>)',
    '(<a b>)',
    '(Not)',
    '(Not Not ["1"])',
    '(nothing <a:b>)',
    '((["1"]))',
    '(["1"]) x',
    'Not (["1"])',
  ])('refuses %j', (header) => expect(() => parseIf(header)).toThrow(expect.objectContaining({ status: 400 })));

  it('throws nothing but DavError, whatever comes', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '<',
      '>',
      '[',
      ']',
      '"',
      'Not',
      ' ',
      'W/',
      `<${lock}>`,
      '["a"]',
      '</x>',
      'é',
    );
    const header = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(header, (value) => {
        try {
          for (const { conditions } of parseIf(value) ?? []) expect(conditions.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(DavError);
        }
      }),
    );
  });

  it('reads a long header in one pass', () => {
    expect(parseIf('(["1"])'.repeat(20_000))).toHaveLength(20_000);
    expect(() => parseIf('("'.repeat(20_000))).toThrow(DavError);
    expect(() => parseIf('['.repeat(20_000))).toThrow(DavError);
  });
});

describe('evaluateIf', () => {
  const state = (resource: string | null) =>
    resource === '/absent' ? { etag: null, tokens: [] } : { etag: '"now"', tokens: [lock] };

  it.each([
    [`(<${lock}>)`, true],
    [`(<${other}>)`, false],
    ['(["now"])', true],
    ['(["then"])', false],
    [`(<${lock}> ["then"])`, false],
    [`(<${lock}> ["then"]) (["now"])`, true],
    ['(Not ["now"])', false],
    [`(<${other}>) (Not <DAV:no-lock>)`, true],
    ['</absent> (["now"])', false],
    ['</absent> (Not ["now"])', true],
    [`</absent> (<${lock}>) </here> (<${lock}>)`, true],
  ])('%s', (header, holds) => expect(evaluateIf(parseIf(header), state)).toBe(holds));

  it('holds without a header', () => expect(evaluateIf(null, state)).toBe(true));
});
