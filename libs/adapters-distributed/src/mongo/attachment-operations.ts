import type { AttachmentRecord } from '@almanac/contracts';
import {
  type AttachmentAddedChange,
  type AttachmentGoneChange,
  type AttachmentsAdvancedChange,
  type AttachmentUsesChange,
  applyAttachmentUses,
  applyPosition,
} from '@almanac/ports';
import type { WithoutId } from 'mongodb';
import type { AttachmentDocument } from './collections.js';
import type { AttachmentModels } from './generation.js';
import { attachmentKey } from './read-model-keys.js';
import { replaceIfUnchanged } from './replace-if-unchanged.js';

export async function addAttachment({ attachments }: AttachmentModels, { record }: AttachmentAddedChange) {
  const { stream, managedId, version } = record;
  await replaceIfUnchanged(attachments, attachmentKey(stream, managedId), version, () => documentOf(record));
}

export async function changeAttachmentUses({ attachments }: AttachmentModels, change: AttachmentUsesChange) {
  const { stream, managedId, version } = change;
  const key = attachmentKey(stream, managedId);
  if ((await attachments.findOne({ ...key, live: true }, { projection: { version: 1 } })) === null) return;
  await replaceIfUnchanged(attachments, key, version, (before) => {
    if (before === null || before.record === null) return goneAt(change);
    return documentOf(applyAttachmentUses(before.record, change));
  });
}

/** The document stays, so that older changes that come again find a newer version. */
export async function dropAttachment({ attachments }: AttachmentModels, change: AttachmentGoneChange) {
  const { stream, managedId, version } = change;
  await replaceIfUnchanged(attachments, attachmentKey(stream, managedId), version, () => goneAt(change));
}

export async function advanceAttachments({ attachmentHomes }: AttachmentModels, change: AttachmentsAdvancedChange) {
  const { stream, version, tenant, used, kept, position } = change;
  await replaceIfUnchanged(attachmentHomes, { _id: stream }, version, (before) => ({
    version,
    tenant,
    used: (before?.used ?? 0) + used,
    kept: (before?.kept ?? 0) + kept,
    positions: applyPosition(before?.positions ?? '{}', position),
  }));
}

function documentOf(record: AttachmentRecord): WithoutId<AttachmentDocument> {
  const { stream, tenant, managedId, version, digest, idleSince, references } = record;
  return {
    ...{ version, live: true, stream, tenant, managedId, digest, idleSince },
    holders: references.map((holder) => `${holder.stream}/${holder.name}`),
    collections: [...new Set(references.map((holder) => holder.stream))],
    record,
  };
}

const goneAt = ({ stream, tenant, managedId, version }: AttachmentGoneChange | AttachmentUsesChange) => ({
  ...{ version, live: false, stream, tenant, managedId },
  ...{ digest: null, idleSince: null, holders: [], collections: [], record: null },
});
