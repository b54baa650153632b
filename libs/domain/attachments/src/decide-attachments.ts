import type { AttachmentCommandBody, AttachmentEvent, Command, Decision } from '@almanac/contracts';
import type { AttachmentsState } from './attachments-state.js';
import { addAttachments } from './decide/add-attachments.js';
import { changeReferences } from './decide/change-references.js';
import { collectAttachments } from './decide/collect-attachments.js';
import { abandonAttachments, holdAttachments } from './decide/hold-attachments.js';
import { releaseCollection } from './decide/release-collection.js';

/** Decides over a home's attachments. */
export function decideAttachments(
  state: AttachmentsState,
  { body, actor, at }: Command<AttachmentCommandBody>,
): Decision<AttachmentEvent> {
  switch (body.type) {
    case 'AddAttachments':
      return addAttachments(state, body, { creator: actor, at });
    case 'HoldAttachments':
      return holdAttachments(state, body, at);
    case 'AbandonAttachments':
      return abandonAttachments(state, body, at);
    case 'ChangeReferences':
      return changeReferences(state, body, at);
    case 'ReleaseCollection':
      return releaseCollection(state, body, at);
    case 'CollectAttachments':
      return collectAttachments(state, body, at);
  }
}
