import { attachmentsStream, homeStream, principalId, tenantId } from '@almanac/contracts';
import { DavError, dav } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import type { CollectionResource } from './resource.js';

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

export async function availableBytes(context: RequestContext, home: string): Promise<number> {
  return Math.max(0, context.limits.quotaBytes - (await usedBytes(context, home)));
}

/** @throws DavError 507 DAV:quota-not-exceeded when a home cannot take so many more octets (RFC 4331 6) */
async function demandSpace(context: RequestContext, home: string, octets: number): Promise<void> {
  if (octets <= 0 || octets <= (await availableBytes(context, home))) return;
  throw new DavError(507, {
    precondition: dav('quota-not-exceeded'),
    detail: 'The storage of this account is full; delete something first, or ask the administrator for more.',
  });
}

/** By how much a collection and its home grow; below 0 for what becomes free. */
export interface Growth {
  readonly members: number;
  readonly octets: number;
}

/** @param before octets of the member that gives way; null for none */
export const growth = (size: number, before: number | null): Growth => ({
  members: before === null ? 1 : 0,
  octets: size - (before ?? 0),
});

/** @throws DavError 507 when the quota or the number of members would be passed */
export async function demandRoom(
  context: RequestContext,
  { collection }: CollectionResource,
  { members, octets }: Growth,
): Promise<void> {
  if (members > 0 && collection.members >= context.limits.maxMembers) {
    throw new DavError(507, {
      detail: `A collection may have ${context.limits.maxMembers} members at most; use another, or delete some.`,
    });
  }
  await demandSpace(context, collection.home, octets);
}
