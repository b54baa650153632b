import {
  type PrincipalId,
  principalId,
  type Segment,
  type StreamName,
  segment,
  streamName,
  type TenantId,
  tenantId,
} from './ids.js';

/** Names all tenants, their host names and their domains. No tenant's id holds an "@". */
export const tenantsStream: StreamName = streamName('@tenants');

/** The principals of a tenant: one stream, so that logins and addresses are unique by construction. */
export const directoryStream = (tenant: TenantId): StreamName => streamName(tenant);

export const homeStream = (tenant: TenantId, home: PrincipalId): StreamName => streamName(`${tenant}/${home}`);

export const collectionStream = (tenant: TenantId, home: PrincipalId, name: Segment): StreamName =>
  streamName(`${tenant}/${home}/${name}`);

/** What a viewer keeps for themselves of somebody else's collection. */
export function overlayStream(tenant: TenantId, viewer: PrincipalId, collection: string): StreamName {
  const [, home = '', name = ''] = collection.split('/');
  return streamName(`${tenant}/${viewer}/overlay/${home}/${name}`);
}

export const isOverlayStream = (stream: StreamName): boolean => stream.split('/').length === 5;

/** The home's stream of anything that lies in it. */
export const homeOf = (stream: string): string => stream.split('/', 2).join('/');
/** A home's attachments. No collection's segment begins with an "@" (`isReservedSegment`). */
export const attachmentsStream = (tenant: TenantId, home: PrincipalId): StreamName =>
  streamName(`${tenant}/${home}/@attachments`);

export const isAttachmentsStream = (stream: StreamName): boolean => /^[^/]+\/[^/]+\/@attachments$/.test(stream);

/** Names of streams beside the collections of a home. */
export const isReservedSegment = (name: string): boolean => name.startsWith('@');

export interface CollectionAddress {
  readonly tenant: TenantId;
  readonly home: PrincipalId;
  readonly segment: Segment;
}

/** The URL's own words from a collection stream's name, or null for a stream of another kind. */
export function collectionAddress(stream: StreamName): CollectionAddress | null {
  const [tenant, home, name, ...rest] = stream.split('/');
  if (tenant === undefined || home === undefined || name === undefined || rest.length > 0) return null;
  return { tenant: tenantId(tenant), home: principalId(home), segment: segment(name) };
}
