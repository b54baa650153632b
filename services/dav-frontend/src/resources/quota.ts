import {
  attachmentsStream,
  homeStream,
  type MemberLimits,
  principalId,
  type TenantLimits,
  tenantId,
} from '@almanac/contracts';
import type { RequestContext } from '../request-context.js';

/** Octets in all collections of a home, and of its attachments (RFC 4331, RFC 8607 3.12.1). */
export async function usedBytes(context: RequestContext, home: string): Promise<number> {
  const [ofCollections, { used }] = await Promise.all([usedByCollections(context, home), attachmentsOf(context, home)]);
  return ofCollections + used;
}

export async function usedByCollections({ ports, tenant }: RequestContext, home: string): Promise<number> {
  const collections = await ports.collections.collectionsOf(homeStream(tenantId(tenant.id), principalId(home)));
  return collections.reduce((sum, { size }) => sum + size, 0);
}

const attachmentsOf = ({ ports, tenant }: RequestContext, home: string) =>
  ports.attachments.attachmentHome(attachmentsStream(tenantId(tenant.id), principalId(home)));

/** What the owner checks a write against. */
export const memberLimits = ({ maxMembers, quotaBytes }: TenantLimits): MemberLimits => ({ maxMembers, quotaBytes });

export async function availableBytes(context: RequestContext, home: string): Promise<number> {
  return Math.max(0, context.limits.quotaBytes - (await usedBytes(context, home)));
}
