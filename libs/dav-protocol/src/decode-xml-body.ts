import { badRequest, DavError } from './dav-error.js';

/** Types that bodies come with although they are XML: what HTTP tools send when nobody chose a type. */
const vagueTypes = new Set(['', 'text/plain', 'application/octet-stream', 'application/x-www-form-urlencoded']);

const encodings: ReadonlyMap<string, Encoding> = new Map<string, Encoding>([
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['us-ascii', 'utf-8'],
  ['ascii', 'utf-8'],
  ['utf-16', 'utf-16be'],
  ['utf-16be', 'utf-16be'],
  ['utf-16le', 'utf-16le'],
]);

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * The octets of an XML body as text. The encoding is that of the byte order mark, else of the first octets when they are
 * UTF-16, else of the charset parameter, else of the XML declaration, else UTF-8 (RFC 7303 3, XML 1.0 appendix F).
 * @throws DavError 415 for a media type that is not XML or another encoding; 400 for octets that the encoding forbids.
 */
export function decodeXmlBody(bytes: Uint8Array, contentType: string | undefined): string {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (!vagueTypes.has(type) && !/[/+]xml$/.test(type)) throw unsupported(`a body of type ${type}`);
  const encoding = markedEncoding(bytes) ?? charsetEncoding(contentType) ?? declaredEncoding(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    throw badRequest(`The body is not valid ${encoding.toUpperCase()}.`, error);
  }
}

function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  const [a, b, c, d] = bytes;
  if ((a === 0 && b === 0 && c === 0xfe && d === 0xff) || (a === 0xff && b === 0xfe && c === 0 && d === 0)) {
    throw unsupported('UTF-32');
  }
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if ((a === 0xfe && b === 0xff) || (a === 0 && b === 0x3c)) return 'utf-16be';
  if ((a === 0xff && b === 0xfe) || (a === 0x3c && b === 0)) return 'utf-16le';
  return undefined;
}

function charsetEncoding(contentType: string | undefined): Encoding | undefined {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1];
  return charset === undefined ? undefined : encodingNamed(charset);
}

/** Only ASCII-compatible octets get here, so a declaration of UTF-16 is a slip of the sender and means UTF-8. */
function declaredEncoding(bytes: Uint8Array): Encoding | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  if (declared === undefined) return undefined;
  return encodingNamed(declared) === undefined ? undefined : 'utf-8';
}

function encodingNamed(name: string): Encoding {
  const encoding = encodings.get(name.toLowerCase());
  if (encoding === undefined) throw unsupported(`the encoding ${name}`);
  return encoding;
}

function unsupported(what: string): DavError {
  return new DavError(415, { detail: `XML in UTF-8 or UTF-16 is expected here, not ${what}.` });
}
