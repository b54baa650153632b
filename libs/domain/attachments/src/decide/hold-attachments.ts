import {
  type AbandonAttachments,
  accept,
  type AttachmentEvent,
  type AttachmentsAbandoned,
  type AttachmentsHeld,
  type Decision,
  type HoldAttachments,
  isHolder,
  reject,
} from '@almanac/contracts';
import { type AttachmentsState, usedChange } from '../attachments-state.js';

/** A member is about to refer to attachments that are there: they stay, even if nobody has referred to them for long. */
export function holdAttachments(
  state: AttachmentsState,
  { managedIds, holder }: HoldAttachments,
  at: number,
): Decision<AttachmentEvent> {
  const missing = managedIds.find((managedId) => !state.attachments.has(managedId));
  if (missing !== undefined) {
    return reject({
      code: 'valid-managed-id-parameter',
      detail: `There is no attachment ${missing} (any more); upload it again.`,
    });
  }
  const held: AttachmentsHeld = { type: 'AttachmentsHeld', schema: 1, managedIds, holder, at, used: 0 };
  return accept(managedIds.length === 0 ? [] : [{ ...held, used: usedChange(state, held, managedIds) }]);
}

/** The member does not come to refer to them: they wait for their removal, if nobody else does. */
export function abandonAttachments(
  state: AttachmentsState,
  { managedIds: asked, holder }: AbandonAttachments,
  at: number,
): Decision<AttachmentEvent> {
  const isAwaited = (managedId: string): boolean =>
    state.attachments.get(managedId)?.awaited.some((one) => isHolder(one, holder)) ?? false;
  const managedIds = asked.filter(isAwaited);
  if (managedIds.length === 0) return accept([]);
  const abandoned: AttachmentsAbandoned = { type: 'AttachmentsAbandoned', schema: 1, managedIds, holder, at, used: 0 };
  return accept([{ ...abandoned, used: usedChange(state, abandoned, managedIds) }]);
}
