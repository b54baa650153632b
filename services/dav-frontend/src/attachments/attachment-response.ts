import { type AttachmentRecord, tenantId } from '@almanac/contracts';
import { DavError, parseRange, writeAttachmentDisposition } from '@almanac/dav-protocol';
import type { DavRequest, DavResponse } from '../http/dav-request.js';
import { unchanged } from '../methods/get.js';
import type { RequestContext } from '../request-context.js';

/** An attachment never changes under its URL: its tag is the digest of its content. */
export const attachmentTag = ({ digest }: AttachmentRecord): string => `"${digest.slice(0, 40)}"`;

/** Nothing that somebody has uploaded runs on this host, whatever it says that it is. */
const harmless = { 'X-Content-Type-Options': 'nosniff', 'Content-Security-Policy': "sandbox; default-src 'none'" };

/** The content of an attachment, all of it or a range (RFC 9110 14). */
export async function attachmentResponse(
  { ports }: Pick<RequestContext, 'ports'>,
  request: DavRequest,
  record: AttachmentRecord,
): Promise<DavResponse> {
  const etag = attachmentTag(record);
  const headers = headersOf(record, etag);
  const same = unchanged(request, { etag, modifiedAt: record.addedAt, headers });
  if (same !== null) return same;
  const blob = await ports.blobs.open(tenantId(record.tenant), record.digest);
  if (blob === null) throw new DavError(410, { detail: 'The content of this attachment is gone.' });
  const range = isRangeMeant(request, record) ? parseRange(request.range.range, record.size) : null;
  if (range === 'unsatisfiable') {
    throw new DavError(416, {
      detail: `The attachment has ${record.size} octets.`,
      headers: { 'Content-Range': `bytes */${record.size}` },
    });
  }
  if (range === null) return { status: 200, headers, content: { size: record.size, pieces: blob.read() } };
  const { start, end } = range;
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${start}-${end - 1}/${record.size}` },
    content: { size: end - start, pieces: blob.read(range) },
  };
}

function headersOf({ mediaType, filename, addedAt }: AttachmentRecord, etag: string) {
  return {
    ...harmless,
    ETag: etag,
    'Content-Type': mediaType,
    'Content-Disposition': writeAttachmentDisposition(filename),
    'Last-Modified': new Date(addedAt).toUTCString(),
    'Accept-Ranges': 'bytes',
    'Cache-Control': 'private, no-cache',
  };
}

/** RFC 9110 13.1.5: a range of another content than the client has is of no use to it. */
function isRangeMeant({ method, range: { ifRange } }: DavRequest, record: AttachmentRecord): boolean {
  if (method !== 'GET') return false;
  if (ifRange === undefined) return true;
  return ifRange.trim() === attachmentTag(record) || Date.parse(ifRange) === Math.floor(record.addedAt / 1000) * 1000;
}
