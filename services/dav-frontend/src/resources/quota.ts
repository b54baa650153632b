import { homeStream, type MemberLimits, principalId, type TenantLimits, tenantId } from '@almanac/contracts';
import type { RequestContext } from '../request-context.js';

/** Octets in all collections of a home (RFC 4331). */
export async function usedBytes({ ports, tenant }: RequestContext, home: string): Promise<number> {
  const collections = await ports.collections.collectionsOf(homeStream(tenantId(tenant.id), principalId(home)));
  return collections.reduce((sum, { size }) => sum + size, 0);
}

/** What the owner checks a write against. */
export const memberLimits = ({ maxMembers, quotaBytes }: TenantLimits): MemberLimits => ({ maxMembers, quotaBytes });

export async function availableBytes(context: RequestContext, home: string): Promise<number> {
  return Math.max(0, context.limits.quotaBytes - (await usedBytes(context, home)));
}
