import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeAttribute, escapeText } from './escape-text.js';
import { parseXml } from './parse-xml.js';

/** Characters of XML 1.0, section 2.2. */
const legalText = fc
  .string({ unit: 'binary', maxLength: 60 })
  .map((text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\r\n'));

describe('escapeText', () => {
  it.each([
    ['plain', 'plain'],
    ['a & b < c > d', 'a &amp; b &lt; c &gt; d'],
    ['"quoted" \'too\'', '"quoted" \'too\''],
    ['one\r\ntwo\n\t', 'one&#13;\ntwo\n\t'],
    [']]>', ']]&gt;'],
    ['\u{1F600}ü', '\u{1F600}ü'],
    ['\0\u0007\u001f', '\ufffd\ufffd\ufffd'],
    ['\ufffe\uffff', '\ufffd\ufffd'],
    ['\ud800x\udc00', '\ufffdx\ufffd'],
    ['', ''],
  ])('%j', (text, escaped) => expect(escapeText(text)).toBe(escaped));

  it('survives the parser, every octet of it', () => {
    fc.assert(
      fc.property(legalText, (text) => {
        expect(parseXml(`<x>${escapeText(text)}</x>`).children.join('')).toBe(text);
      }),
    );
  });

  it('makes any string at all well-formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 0, max: 0xffff }), (text, unit) => {
        parseXml(`<x>${escapeText(text + String.fromCharCode(unit))}</x>`);
      }),
    );
  });
});

describe('escapeAttribute', () => {
  it('writes what attribute normalisation would change as references', () => {
    expect(escapeAttribute('a"b\tc\r\n<')).toBe('a&quot;b&#9;c&#13;&#10;&lt;');
  });

  it('survives the parser', () => {
    fc.assert(
      fc.property(legalText, (text) => {
        expect(parseXml(`<x a="${escapeAttribute(text)}"/>`).attributes['a']).toBe(text);
      }),
    );
  });
});
