import { describe, expect, it } from 'vitest';
import { DavError } from './dav-error.js';
import { decodeXmlBody } from './decode-xml-body.js';
import { parseXml } from './parse-xml.js';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function utf16(text: string, littleEndian: boolean, mark: boolean): Uint8Array {
  const units = mark ? `\ufeff${text}` : text;
  const view = new DataView(new ArrayBuffer(units.length * 2));
  for (let at = 0; at < units.length; at += 1) view.setUint16(at * 2, units.charCodeAt(at), littleEndian);
  return new Uint8Array(view.buffer);
}

function statusOf(bytes: Uint8Array, contentType?: string): number {
  try {
    decodeXmlBody(bytes, contentType);
  } catch (error) {
    if (error instanceof DavError) return error.status;
    throw error;
  }
  return 200;
}

const text = '<x>Größe \u{1F600}</x>';
const declared = `<?xml version="1.0" encoding="UTF-16"?>${text}`;

describe('decodeXmlBody', () => {
  it.each([
    ['UTF-8 by default', utf8(text), undefined],
    ['UTF-8 with a mark', utf8(`\ufeff${text}`), 'application/xml'],
    ['a charset parameter', utf8(text), 'text/xml; charset="utf-8"'],
    ['a charset in capitals', utf8(text), 'Text/XML;CHARSET=UTF-8'],
    ['a charset that understates', utf8(text), 'text/xml; charset=us-ascii'],
    ['UTF-16LE with a mark', utf16(text, true, true), 'text/xml; charset=utf-16'],
    ['UTF-16BE with a mark', utf16(text, false, true), 'application/xml'],
    ['a mark that contradicts the charset', utf16(text, true, true), 'text/xml; charset=utf-8'],
    ['UTF-16LE without a mark', utf16(text, true, false), 'application/xml'],
    ['UTF-16BE without a mark', utf16(text, false, false), 'application/xml'],
    ['a vague type', utf8(text), 'application/x-www-form-urlencoded'],
    ['a structured suffix', utf8(text), 'application/davmount+xml'],
  ])('takes %s', (_, bytes, type) => expect(decodeXmlBody(bytes, type)).toBe(text));

  it('takes UTF-16 by its declaration, and a declaration of UTF-16 in UTF-8 as the slip that it is', () => {
    expect(parseXml(decodeXmlBody(utf16(declared, true, false), 'text/xml')).children).toEqual(['Größe \u{1F600}']);
    expect(parseXml(decodeXmlBody(utf8(declared), 'text/xml')).children).toEqual(['Größe \u{1F600}']);
  });

  it.each([
    ['Latin-1 by charset', utf8('<x/>'), 'text/xml; charset=iso-8859-1'],
    ['Latin-1 by declaration', utf8('<?xml version="1.0" encoding="ISO-8859-1"?><x/>'), undefined],
    ['UTF-32', new Uint8Array([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]), undefined],
    ['JSON', utf8('{}'), 'application/json'],
    ['iCalendar', utf8('BEGIN:VCALENDAR'), 'text/calendar'],
    ['a type that nobody knows (litmus)', utf8('afafafaf'), 'xzy-foo/bar-512'],
  ])('answers 415 to %s', (_, bytes, type) => expect(statusOf(bytes, type)).toBe(415));

  it.each([
    ['a lone continuation octet', new Uint8Array([0x3c, 0x78, 0x80])],
    ['an overlong slash', new Uint8Array([0x3c, 0xc0, 0xaf])],
    ['an encoded surrogate', new Uint8Array([0x3c, 0xed, 0xa0, 0x80])],
    ['half a UTF-16 unit', new Uint8Array([0xff, 0xfe, 0x3c])],
  ])('answers 400 to %s', (_, bytes) => expect(statusOf(bytes)).toBe(400));

  it('takes an empty body', () => expect(decodeXmlBody(new Uint8Array(), undefined)).toBe(''));
});
