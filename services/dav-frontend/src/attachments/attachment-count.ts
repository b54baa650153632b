import type { CollectionRecord } from '@almanac/contracts';
import { caldav, forbidden } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';

/**
 * How many managed attachments a member of this collection may have (RFC 8607 6.3). Where tasks have none (row T3), an
 * attachment that is posted is refused rather than dropped after it was acknowledged; a PUT with one is still stored without.
 */
export const mostAttachments = ({ limits }: RequestContext, collection: CollectionRecord): number =>
  hasSimpleTasks(collection) ? 0 : limits.maxAttachmentsPerResource;

const hasSimpleTasks = ({ owner, profile, rulesOff }: CollectionRecord): boolean =>
  owner === 'tasks' && profile === 'groupware' && !rulesOff.includes('T3');

/** @throws DavError 403 max-attachments-per-resource (RFC 8607 6.3) */
export function demandAttachmentCount(most: number, count: number): void {
  if (count <= most) return;
  throw forbidden(
    caldav('max-attachments-per-resource'),
    most === 0
      ? 'The tasks of this folder have no attachments.'
      : `A calendar object may have ${most} attachments at most; remove one first.`,
  );
}
