import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DavError } from '../dav-error.js';
import { parseDestination } from './parse-destination.js';
import { parsePath } from './parse-path.js';
import { writePath } from './write-path.js';

function statusOf(run: () => unknown): number {
  try {
    run();
  } catch (error) {
    if (error instanceof DavError) return error.status;
    throw error;
  }
  return 200;
}

describe('parsePath', () => {
  it.each([
    ['/', [], true],
    ['http://almanac.example', [], true],
    ['http://almanac.example?x', [], true],
    ['/a', ['a'], false],
    ['/a/', ['a'], true],
    ['/a/b.ics', ['a', 'b.ics'], false],
    ['HTTPS://almanac.example:8443/a/b.ics', ['a', 'b.ics'], false],
    ['/a?b=/c', ['a'], false],
    ['/a/#b', ['a'], true],
    ['/a%3Fb%23c', ['a?b#c'], false],
    ['/%61%20b', ['a b'], false],
    ['/a+b', ['a+b'], false],
    ['/gr%C3%B6%c3%9fe', ['größe'], false],
    ['/größe', ['größe'], false],
    ['/%F0%9F%98%80', ['\u{1F600}'], false],
    ['/user%40example.com', ['user@example.com'], false],
    ['/a%5Cb', ['a\\b'], false],
    ['/a\\b', ['a\\b'], false],
    ['/...', ['...'], false],
    ['/.hidden', ['.hidden'], false],
    ['/a:b', ['a:b'], false],
    ['/%2525', ['%25'], false],
    [`/${'a'.repeat(255)}`, ['a'.repeat(255)], false],
  ])('%s', (url, segments, trailingSlash) => expect(parsePath(url)).toEqual({ segments, trailingSlash }));

  it.each([
    ['', 400],
    ['a/b', 400],
    ['*', 400],
    ['mailto:a@example.com', 400],
    ['/%', 400],
    ['/%zz', 400],
    ['/%C3', 400],
    ['/%FF', 400],
    ['/%C0%AF', 400],
    ['/%ED%A0%80', 400],
    ['/\ud800', 400],
    ['/a%00b', 400],
    ['/a\nb', 400],
    ['/a%7F', 400],
    ['/a%C2%85', 400],
    ['/a%2Fb', 400],
    ['/a%2fb', 400],
    ['/./a', 400],
    ['/a/..', 400],
    ['/a/%2e%2E/b', 400],
    ['/%2e', 400],
    ['//', 404],
    ['//a', 404],
    ['/a//b', 404],
    ['/a//', 404],
    [`/${'a'.repeat(256)}`, 414],
    [`/${'%C3%B6'.repeat(128)}`, 414],
  ])('%s: %i', (url, status) => expect(statusOf(() => parsePath(url))).toBe(status));

  it('throws nothing but DavError, whatever comes', () => {
    const piece = fc.constantFrom('/', '%', '%2', '%2F', '%C3', '%B6', '.', '..', '?', '#', 'http://h', 'ö', '\0', 'a');
    const pieces = fc.array(piece, { maxLength: 10 }).map((all) => all.join(''));
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), pieces), (url) => {
        expect([200, 400, 404, 414]).toContain(statusOf(() => parsePath(url)));
      }),
    );
  });
});

describe('writePath', () => {
  it.each([
    [[], false, '/'],
    [[], true, '/'],
    [['a', 'b c.ics'], false, '/a/b%20c.ics'],
    [['größe'], true, '/gr%C3%B6%C3%9Fe/'],
    [["-._~!$&'()*+,;=:@"], false, "/-._~!$&'()*+,;=:@"],
    [["é-._~!$&'()*+,;=:@"], false, "/%C3%A9-._~!$&'()*+,;=:@"],
    [['%"<>?#[]\\^`{|}'], false, '/%25%22%3C%3E%3F%23%5B%5D%5C%5E%60%7B%7C%7D'],
    [['%24'], false, '/%2524'],
  ])('%j', (segments, trailingSlash, path) => expect(writePath(segments, trailingSlash)).toBe(path));

  const segment = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 30 })
    .filter((name) => statusOf(() => parsePath(`/${encodeURIComponent(name)}`)) === 200);

  it('and parsePath undo each other', () => {
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), fc.boolean(), (segments, trailingSlash) => {
        expect(parsePath(writePath(segments, trailingSlash))).toEqual({ segments, trailingSlash });
      }),
    );
  });

  it('gives one spelling to all that mean the same', () => {
    fc.assert(
      fc.property(segment, fc.infiniteStream(fc.boolean()), (name, choices) => {
        const bytes = [...new TextEncoder().encode(name)];
        const spelled = bytes.map((byte) => spell(byte, choices.next().value === true)).join('');
        const { segments, trailingSlash } = parsePath(`/${spelled}`);
        expect(writePath(segments, trailingSlash)).toBe(writePath([name], false));
      }),
    );
  });
});

function spell(byte: number, plain: boolean): string {
  const character = String.fromCharCode(byte);
  if (plain && /[\w.~!$&'()*+,;=:@-]/.test(character)) return character;
  const hex = byte.toString(16).padStart(2, '0');
  return `%${plain ? hex : hex.toUpperCase()}`;
}

describe('parseDestination', () => {
  const here = (host: string) => host === 'almanac.example:8443';

  it.each(['https://Almanac.example:8443/a/b', '/a/b', ' http://user@almanac.example:8443/a/b '])('%s', (value) => {
    expect(parseDestination(value, here)).toEqual({ segments: ['a', 'b'], trailingSlash: false });
  });

  it.each([
    [undefined, 400],
    ['', 400],
    ['a/b', 400],
    ['https://elsewhere.example/a', 502],
    ['https://almanac.example/a', 502],
    ['ftp://almanac.example:8443/a', 502],
    ['https://almanac.example:8443@elsewhere.example/a', 502],
    ['/a/%2E%2E/b', 400],
    ['//elsewhere.example/a', 404],
  ])('%j: %i', (value, status) => expect(statusOf(() => parseDestination(value, here))).toBe(status));
});
