import { caldav, forbidden } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';

/** @throws DavError 403 max-attachments-per-resource (RFC 8607 6.3) */
export function demandAttachmentCount({ limits }: RequestContext, count: number): void {
  const { maxAttachmentsPerResource: most } = limits;
  if (count <= most) return;
  throw forbidden(
    caldav('max-attachments-per-resource'),
    `A calendar object may have ${most} attachments at most; remove one first.`,
  );
}
