import type { TenantId } from '@almanac/contracts';
import { isCopyName, newCopyName, writtenAtOf } from '@almanac/ports';

/** Objects of blobs that are being written. */
export const unfinishedPrefix = 'unfinished/';
export const unfinishedKey = (at: number): string => `${unfinishedPrefix}${newCopyName(at)}`;

export const tenantPrefix = (tenant: TenantId): string => `blobs/${tenant}/`;
/** Of the copies of one content. */
export const blobPrefix = (tenant: TenantId, digest: string): string => `${tenantPrefix(tenant)}${digest}/`;
export const copyKey = (tenant: TenantId, digest: string, at: number): string =>
  `${blobPrefix(tenant, digest)}${newCopyName(at)}`;

/** After all copies of this content and before those of the next: "0" follows "/". */
export const afterBlob = (tenant: TenantId, digest: string): string => `${tenantPrefix(tenant)}${digest}0`;

const lastPart = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

export const isOurs = (key: string): boolean => isCopyName(lastPart(key));
export const timeOf = (key: string): number => writtenAtOf(lastPart(key));

/** Of the key of a copy. */
export const digestIn = (key: string): string => key.split('/').at(-2) ?? '';
