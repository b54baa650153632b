import type { IncomingMessage } from 'node:http';
import { tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { SignedLinks } from '@almanac/service-host';
import type { FrontendPorts } from '../frontend-ports.js';
import type { DavResponse } from '../http/dav-request.js';
import { type OriginSettings, readRequest } from '../http/read-request.js';
import { managedIdAt, nothingHere } from './attachment-resource.js';
import { attachmentResponse } from './attachment-response.js';
import { attachmentsSegment } from './attachment-url.js';

/**
 * What a signed link leads to, whoever asks (A1); null for requests without a signature.
 * @throws DavError 403 for a link that has expired or was not signed here
 */
export async function signedContent(
  message: IncomingMessage,
  ports: FrontendPorts,
  settings: OriginSettings,
): Promise<DavResponse | null> {
  if (!message.url?.includes(`/${attachmentsSegment}/`) || !message.url.includes('signature=')) return null;
  const request = readRequest(message, settings);
  const { path, query } = request;
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (path.segments[0] !== attachmentsSegment || !SignedLinks.isSigned(query) || !isRead) return null;
  const managedId = managedIdAt(path);
  if (managedId === null) throw nothingHere();
  const target = await ports.links.verify(managedId, query, Date.now());
  if (target === null) throw new DavError(403, { detail: 'This link has expired; ask for a new one.' });
  const [record] = await ports.attachments.attachments(tenantId(target.tenant), [managedId]);
  if (record === undefined) throw nothingHere();
  return attachmentResponse({ ports }, request, record);
}
