import { type AttachmentRecord, type MemberRecord, tenantId } from '@almanac/contracts';
import { caldav, forbidden } from '@almanac/dav-protocol';
import { isCalendarFault, readCalendarObject, type SentAttachment } from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import type { Located } from '../resources/resource.js';
import { textOf } from '../resources/view.js';

export interface KnownAttachments {
  readonly records: ReadonlyMap<string, AttachmentRecord>;
  /** Those of them that the member at this place does not refer to yet. */
  readonly held: readonly AttachmentRecord[];
}

/**
 * The attachments that a PUT names. What the member has already, or had, anybody may keep who may write it;
 * others must be the user's own (RFC 8607 3.12.2): made by them, or kept in their home.
 * @throws DavError 403 valid-managed-id-parameter
 */
export async function knownAttachments(
  { ports, tenant, principal, mayKeep = [] }: RequestContext,
  sent: readonly SentAttachment[],
  located: Located,
): Promise<KnownAttachments> {
  const ids = [...new Set(sent.map(({ managedId }) => managedId))];
  const found = await ports.attachments.attachments(tenantId(tenant.id), ids);
  const kept = new Set(located.kind === 'member' ? managedIdsOf(located.stored) : []);
  const mayUse = ({ managedId, creator, home }: AttachmentRecord): boolean =>
    kept.has(managedId) || mayKeep.includes(managedId) || creator === principal.id || home === principal.id;
  const records = new Map(found.filter(mayUse).map((record) => [record.managedId, record]));
  const foreign = sent.find(({ managedId, named }) => named && !records.has(managedId));
  if (foreign !== undefined) {
    throw forbidden(
      caldav('valid-managed-id-parameter'),
      `There is no attachment of yours with the MANAGED-ID ${foreign.managedId.slice(0, 60)}; upload it, or leave it out.`,
    );
  }
  return { records, held: [...records.values()].filter(({ managedId }) => !kept.has(managedId)) };
}

/** Those that a member refers to. */
export function managedIdsOf(member: MemberRecord): readonly string[] {
  const object = readCalendarObject(textOf(member));
  return isCalendarFault(object) ? [] : (object.facts.managedIds ?? []);
}
