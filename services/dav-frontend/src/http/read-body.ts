import type { IncomingMessage } from 'node:http';
import { caldav, DavError, decodeXmlBody, parseXml, type XmlElement } from '@almanac/dav-protocol';

/** Request bodies in XML are small; a multiget of some thousand hrefs fits. */
const maxXmlOctets = 8 * 1_048_576;

/**
 * Collects the body, and no more of it than allowed.
 * @throws what `tooLarge` makes when there is more
 */
async function collect(message: IncomingMessage, limit: number, tooLarge: () => DavError): Promise<Uint8Array> {
  demandPlain(message.headers['content-encoding']);
  if (Number(message.headers['content-length'] ?? 0) > limit) throw tooLarge();
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of message as AsyncIterable<Buffer>) {
      size += piece.byteLength;
      if (size > limit) throw tooLarge();
      pieces.push(piece);
    }
  } catch (cause) {
    throw cause instanceof DavError ? cause : new DavError(400, { detail: 'The upload broke off.', cause });
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}

/** The body as it comes; a reader that stops half-way leaves the connection open for the answer. */
export async function* readPieces(message: IncomingMessage): AsyncGenerator<Uint8Array> {
  demandPlain(message.headers['content-encoding']);
  const pieces = message.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  try {
    yield* pieces;
  } catch (cause) {
    throw cause instanceof DavError ? cause : new DavError(400, { detail: 'The upload broke off.', cause });
  }
}

/** @throws DavError 415 for a compressed body (RFC 9110 8.4) */
function demandPlain(encoding = 'identity'): void {
  if (encoding.trim().toLowerCase() === 'identity') return;
  throw new DavError(415, {
    detail: `Send the body as it is, not encoded as ${encoding}.`,
    headers: { 'Accept-Encoding': 'identity' },
  });
}

export const readOctets = (message: IncomingMessage, limit: number): Promise<Uint8Array> =>
  collect(
    message,
    limit,
    () =>
      new DavError(403, {
        precondition: caldav('max-resource-size'),
        detail: `A resource may have ${limit} octets at most; leave out what makes this one larger.`,
      }),
  );

export async function readXml(message: IncomingMessage): Promise<XmlElement | null> {
  const octets = await collect(
    message,
    maxXmlOctets,
    () =>
      new DavError(413, { detail: `An XML body may have ${maxXmlOctets} octets at most; ask in several requests.` }),
  );
  return octets.byteLength === 0 ? null : parseXml(decodeXmlBody(octets, message.headers['content-type']));
}
