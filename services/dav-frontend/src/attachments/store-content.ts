import { tenantId } from '@almanac/contracts';
import { caldav, DavError, dav, forbidden } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import { type BlobRecord, BlobTooLarge, InfectedContent } from '@almanac/ports';
import type { RequestContext } from '../request-context.js';

/**
 * Streams a content through the scanner into the store. Nothing is held in memory, and nothing stays of what is refused.
 * @param room octets that the home still takes
 * @throws DavError 403 for one that is too large or infected, 507 where the quota is passed
 */
export async function storeContent(
  { ports, tenant, limits, principal }: RequestContext,
  content: AsyncIterable<Uint8Array>,
  room: number,
): Promise<BlobRecord> {
  const limit = Math.max(0, Math.min(limits.maxAttachmentSize, room));
  try {
    return await ports.blobs.write(tenantId(tenant.id), ports.scanner.scanned(content), limit);
  } catch (error) {
    if (error instanceof BlobTooLarge) throw room < limits.maxAttachmentSize ? quotaPassed() : tooLarge(limits);
    if (!(error instanceof InfectedContent)) throw error;
    const { signature } = error;
    log('warn', 'an infected attachment was refused', { tenant: tenant.id, principal: principal.id, signature });
    throw new DavError(403, { detail: `The attachment was refused: the virus scanner found ${signature} in it.` });
  }
}

/** Before anything is read, where the client tells how much it sends. */
export function demandFits({ limits }: RequestContext, octets: number | null, room: number): void {
  if (octets === null) return;
  if (octets > limits.maxAttachmentSize) throw tooLarge(limits);
  if (octets > room) throw quotaPassed();
}

export const quotaPassed = (): DavError =>
  new DavError(507, {
    precondition: dav('quota-not-exceeded'),
    detail: 'The storage of this account is full; delete something first, or ask the administrator for more.',
  });

const tooLarge = ({ maxAttachmentSize }: RequestContext['limits']): DavError =>
  forbidden(
    caldav('max-attachment-size'),
    `An attachment may have ${maxAttachmentSize} octets at most; send a smaller one.`,
  );
