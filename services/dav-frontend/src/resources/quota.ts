import { homeStream, principalId, tenantId } from '@almanac/contracts';
import { DavError, dav } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';

/** Octets in all collections of a home (RFC 4331). */
export async function usedBytes({ ports, tenant }: RequestContext, home: string): Promise<number> {
  const collections = await ports.collections.collectionsOf(homeStream(tenantId(tenant.id), principalId(home)));
  return collections.reduce((sum, { size }) => sum + size, 0);
}

export async function availableBytes(context: RequestContext, home: string): Promise<number> {
  return Math.max(0, context.limits.quotaBytes - (await usedBytes(context, home)));
}

/** @throws DavError 507 DAV:quota-not-exceeded when a home cannot take so many more octets (RFC 4331 6) */
export async function demandSpace(context: RequestContext, home: string, octets: number): Promise<void> {
  if (octets <= 0 || octets <= (await availableBytes(context, home))) return;
  throw new DavError(507, {
    precondition: dav('quota-not-exceeded'),
    detail: 'The storage of this account is full; delete something first, or ask the administrator for more.',
  });
}
