import { attachmentsStream, principalId, tenantId } from '@almanac/contracts';
import type { RequestContext } from '../request-context.js';
import { usedByCollections } from '../resources/quota.js';

export interface AttachmentRoom {
  /** Octets that all attachments of the home may use. */
  readonly room: number;
  /** Octets that are left of it. */
  readonly left: number;
  /** Octets that may be kept, those included that wait for their removal: so nobody fills the disk by deleting. */
  readonly keptLimit: number;
}

/** What a home still takes: its attachments have a limit of their own, and share the home's quota with everything else. */
export async function attachmentRoom(context: RequestContext, home: string): Promise<AttachmentRoom> {
  const { ports, tenant, limits } = context;
  const [ofCollections, { used, kept }] = await Promise.all([
    usedByCollections(context, home),
    ports.attachments.attachmentHome(attachmentsStream(tenantId(tenant.id), principalId(home))),
  ]);
  const room = Math.min(limits.attachmentQuotaBytes, limits.quotaBytes - ofCollections);
  const keptLimit = 2 * limits.attachmentQuotaBytes;
  return { room, left: Math.max(0, Math.min(room - used, keptLimit - kept)), keptLimit };
}
