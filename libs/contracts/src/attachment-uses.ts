import type { AttachmentEvent, AttachmentHolder } from './attachment-events.js';

/** Who refers to an attachment, and who is about to. */
export interface AttachmentUses {
  readonly references: readonly AttachmentHolder[];
  readonly awaited: readonly AttachmentHolder[];
  /** Milliseconds since 1970; null while a member refers to it. */
  readonly idleSince: number | null;
}

/** What counts to the quota: what is only kept until its grace time is over does not. */
export const isInUse = ({ references, awaited }: AttachmentUses): boolean => references.length + awaited.length > 0;

export const isHolder = (one: AttachmentHolder, other: AttachmentHolder): boolean =>
  one.stream === other.stream && one.name === other.name;

const without = (holders: readonly AttachmentHolder[], gone: (holder: AttachmentHolder) => boolean) =>
  holders.filter((holder) => !gone(holder));

/** The uses of an attachment that an event names, after it; decisions and read models share this. */
export function usesAfter(uses: AttachmentUses, managedId: string, event: AttachmentEvent): AttachmentUses {
  switch (event.type) {
    case 'AttachmentsHeld': {
      const awaited = [...without(uses.awaited, (holder) => isHolder(holder, event.holder)), event.holder];
      return { ...uses, awaited, idleSince: uses.references.length === 0 ? event.at : null };
    }
    case 'AttachmentsAbandoned':
      return { ...uses, awaited: without(uses.awaited, (holder) => isHolder(holder, event.holder)) };
    case 'ReferencesChanged': {
      const isOther = (holder: AttachmentHolder): boolean => isHolder(holder, event.holder);
      if (!event.referred.includes(managedId)) return released(uses, isOther, event.at);
      const references = [...without(uses.references, isOther), event.holder];
      return { references, awaited: without(uses.awaited, isOther), idleSince: null };
    }
    case 'CollectionReferencesReleased':
      return released(uses, ({ stream }) => stream === event.collection, event.idleFrom ?? event.at);
    case 'AttachmentsCollected':
      return { ...uses, awaited: [], idleSince: event.at };
    case 'AttachmentsAdded':
      return uses;
  }
}

function released(uses: AttachmentUses, gone: (holder: AttachmentHolder) => boolean, idleFrom: number): AttachmentUses {
  const references = without(uses.references, gone);
  const idleSince = references.length > 0 ? null : (uses.idleSince ?? idleFrom);
  return { ...uses, references, idleSince };
}
