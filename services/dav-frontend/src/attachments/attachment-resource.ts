import { type AttachmentRecord, tenantId } from '@almanac/contracts';
import { DavError, type ParsedPath } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { attachmentResponse } from './attachment-response.js';
import { mayRead } from './may-read.js';

const allowed = 'OPTIONS, GET, HEAD';

/** `/attachments/<home>/<managed id>/<file name>`: what may be read there is only read (RFC 8607 3.8 – 3.10). */
export async function attachmentResource(context: RequestContext): Promise<DavResponse> {
  const { request } = context;
  const record = await recordAt(context, request.path);
  if (record === null || !(await mayRead(context, record))) throw nothingHere();
  if (request.method === 'OPTIONS') return { status: 200, headers: { Allow: allowed } };
  if (request.method === 'GET' || request.method === 'HEAD') return attachmentResponse(context, request, record);
  throw new DavError(405, {
    detail: 'An attachment is changed and removed with its calendar object: POST to that.',
    headers: { Allow: allowed },
  });
}

async function recordAt({ ports, tenant }: RequestContext, path: ParsedPath): Promise<AttachmentRecord | null> {
  const managedId = managedIdAt(path);
  if (managedId === null) return null;
  const [record] = await ports.attachments.attachments(tenantId(tenant.id), [managedId]);
  return record === undefined || record.home !== path.segments[1] ? null : record;
}

export function managedIdAt({ segments, trailingSlash }: ParsedPath): string | null {
  return segments.length === 4 && !trailingSlash ? (segments[2] ?? null) : null;
}

export const nothingHere = (): DavError => new DavError(404, { detail: 'There is no attachment at this URL.' });
