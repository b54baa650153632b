import {
  type AttachmentEvent,
  type AttachmentsAdded,
  type AttachmentUses,
  isInUse,
  usesAfter,
} from '@almanac/contracts';

export interface KnownAttachment extends AttachmentUses {
  readonly size: number;
}

/**
 * A home's attachments as far as a batch of commands needs them: those that the commands name, and those that the members
 * and collections refer to which they name.
 */
export interface AttachmentsState {
  /** Octets that count to the quota, and octets in all. */
  readonly used: number;
  readonly kept: number;
  /** Up to which version each collection's stream has been followed, where that changed anything. */
  readonly positions: ReadonlyMap<string, number>;
  readonly attachments: ReadonlyMap<string, KnownAttachment>;
}

export const noAttachments: AttachmentsState = { used: 0, kept: 0, positions: new Map(), attachments: new Map() };

export function evolveAttachments(state: AttachmentsState, event: AttachmentEvent): AttachmentsState {
  switch (event.type) {
    case 'AttachmentsAdded':
      return added(state, event);
    case 'AttachmentsHeld':
    case 'AttachmentsAbandoned':
      return counted(changed(state, event, event.managedIds), event.used);
    case 'ReferencesChanged': {
      const next = changed(state, event, [...event.referred, ...event.released]);
      return at(counted(next, event.used), event.holder.stream, event.version);
    }
    case 'CollectionReferencesReleased':
      return at(counted(changed(state, event, event.released), event.used), event.collection, event.version);
    case 'AttachmentsCollected': {
      const next = counted(changed(state, event, event.givenUp), event.used, event.kept);
      const attachments = new Map(next.attachments);
      for (const managedId of event.removed) attachments.delete(managedId);
      return { ...next, attachments };
    }
  }
}

function added(state: AttachmentsState, { attachments: more, holder, at: addedAt, used }: AttachmentsAdded) {
  const attachments = new Map(state.attachments);
  for (const { managedId, size } of more) {
    attachments.set(managedId, { size, references: [], awaited: [holder], idleSince: addedAt });
  }
  return counted({ ...state, attachments }, used, used);
}

function changed(state: AttachmentsState, event: AttachmentEvent, managedIds: readonly string[]): AttachmentsState {
  const attachments = new Map(state.attachments);
  for (const managedId of managedIds) {
    const before = attachments.get(managedId);
    if (before !== undefined) attachments.set(managedId, { ...before, ...usesAfter(before, managedId, event) });
  }
  return { ...state, attachments };
}

const counted = (state: AttachmentsState, used: number, kept = 0): AttachmentsState => ({
  ...state,
  used: state.used + used,
  kept: state.kept + kept,
});

const at = (state: AttachmentsState, collection: string, version: number): AttachmentsState => ({
  ...state,
  positions: new Map(state.positions).set(collection, version),
});

/** By how many octets an event changes what counts to the quota. */
export function usedChange(state: AttachmentsState, event: AttachmentEvent, managedIds: readonly string[]): number {
  return managedIds.reduce((sum, managedId) => {
    const before = state.attachments.get(managedId);
    if (before === undefined) return sum;
    const after = usesAfter(before, managedId, event);
    return sum + (Number(isInUse(after)) - Number(isInUse(before))) * before.size;
  }, 0);
}
