import {
  accept,
  type AttachmentEvent,
  type AttachmentsCollected,
  type CollectAttachments,
  type Decision,
  isInUse,
} from '@almanac/contracts';
import { type AttachmentsState, type KnownAttachment, usedChange } from '../attachments-state.js';

/**
 * What no member has referred to since that time goes. What a member was only about to refer to is given up first, and
 * gets another grace time: whoever follows the members may be behind.
 */
export function collectAttachments(
  state: AttachmentsState,
  { managedIds, idleBefore }: CollectAttachments,
  at: number,
): Decision<AttachmentEvent> {
  const idle = managedIds.flatMap((managedId): [string, KnownAttachment][] => {
    const known = state.attachments.get(managedId);
    return known === undefined || known.idleSince === null || known.idleSince > idleBefore ? [] : [[managedId, known]];
  });
  if (idle.length === 0) return accept([]);
  const givenUp = idle.filter(([, known]) => isInUse(known)).map(([managedId]) => managedId);
  const gone = idle.filter(([, known]) => !isInUse(known));
  const kept = gone.reduce((sum, [, { size }]) => sum - size, 0);
  const removed = gone.map(([managedId]) => managedId);
  const event: AttachmentsCollected = { type: 'AttachmentsCollected', schema: 1, givenUp, removed, at, used: 0, kept };
  return accept([{ ...event, used: usedChange(state, event, givenUp) }]);
}
