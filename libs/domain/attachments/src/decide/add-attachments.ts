import { accept, type AddAttachments, type AttachmentEvent, type Decision, reject } from '@almanac/contracts';
import type { AttachmentsState } from '../attachments-state.js';

/** The blobs are there already; a member is about to refer to them (RFC 8607 3.4). */
export function addAttachments(
  state: AttachmentsState,
  { attachments: asked, holder, room, keptLimit }: AddAttachments,
  { creator, at }: { readonly creator: string; readonly at: number },
): Decision<AttachmentEvent> {
  const attachments = asked.filter(({ managedId }) => !state.attachments.has(managedId));
  if (attachments.length === 0) return accept([]);
  const used = attachments.reduce((sum, { size }) => sum + size, 0);
  if (state.used + used > room || state.kept + used > keptLimit) {
    return reject({
      code: 'quota-not-exceeded',
      detail: 'The storage of this account is full; delete attachments first, or ask the administrator for more.',
    });
  }
  return accept([{ type: 'AttachmentsAdded', schema: 1, creator, attachments, holder, at, used }], { created: true });
}
