import { type AttachmentEvent, type AttachmentsAdded, type Commit, type DomainEvent } from '@almanac/contracts';
import type { AttachmentAddedChange, AttachmentUsesChange, ReadModelChange } from '@almanac/ports';

/** Read models `attachments` and, after them, `attachment_homes`. */
export function attachmentsProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'AttachmentsAdded':
      return [...added(event, commit), advanced(commit, { used: event.used, kept: event.used })];
    case 'AttachmentsHeld':
    case 'AttachmentsAbandoned':
      return [...uses(event, event.managedIds, commit), advanced(commit, { used: event.used })];
    case 'ReferencesChanged': {
      const position = { collection: event.holder.stream, version: event.version };
      const touched = [...event.referred, ...event.released];
      return [...uses(event, touched, commit), advanced(commit, { used: event.used, position })];
    }
    case 'CollectionReferencesReleased': {
      const { collection, version, released, used } = event;
      return [...uses(event, released, commit), advanced(commit, { used, position: { collection, version } })];
    }
    case 'AttachmentsCollected': {
      const { givenUp, removed, used, kept } = event;
      return [...uses(event, givenUp, commit), ...gone(removed, commit), advanced(commit, { used, kept })];
    }
    default:
      return [];
  }
}

const addressOf = ({ stream, version }: Commit) => {
  const [tenant = '', home = ''] = stream.split('/');
  return { tenant, home, stream, version };
};

function added({ attachments, creator, holder, at }: AttachmentsAdded, commit: Commit): AttachmentAddedChange[] {
  return attachments.map(({ managedId, digest, size, mediaType, filename, origin }) => ({
    kind: 'attachment-added',
    record: {
      ...{ managedId, digest, size, mediaType, filename, origin },
      ...addressOf(commit),
      ...{ creator, addedAt: at, references: [], awaited: [holder], idleSince: at },
    },
  }));
}

function uses(event: AttachmentEvent, managedIds: readonly string[], commit: Commit): AttachmentUsesChange[] {
  const { tenant, stream, version } = addressOf(commit);
  return managedIds.map((managedId) => ({ kind: 'attachment-uses', stream, version, tenant, managedId, event }));
}

function gone(managedIds: readonly string[], commit: Commit): ReadModelChange[] {
  const { tenant, stream, version } = addressOf(commit);
  return managedIds.map((managedId) => ({ kind: 'attachment-gone', stream, version, tenant, managedId }));
}

function advanced(
  commit: Commit,
  change: { used: number; kept?: number; position?: { collection: string; version: number } },
): ReadModelChange {
  const { tenant, stream, version } = addressOf(commit);
  return { kind: 'attachments-advanced', stream, version, tenant, kept: 0, ...change };
}
