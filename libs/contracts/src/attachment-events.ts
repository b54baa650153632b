/** A member as the holder of attachments: the stream of its collection, and its name. */
export interface AttachmentHolder {
  readonly stream: string;
  readonly name: string;
}

/** A managed attachment (RFC 8607), which never changes: an update makes another one. */
export interface NewAttachment {
  /** Unique on the whole server, and not to be guessed. */
  readonly managedId: string;
  /** Names the blob. */
  readonly digest: string;
  readonly size: number;
  readonly mediaType: string;
  readonly filename: string;
  /** Scheme and authority of the URL that stands in ATTACH; kept, so that the octets of a member stay what they are. */
  readonly origin: string;
}

/**
 * `used` and `kept` in these events say by how many octets it changes what counts to the quota (attachments that a member
 * refers to or is about to), and what is kept in all.
 */
export interface AttachmentsAdded {
  readonly type: 'AttachmentsAdded';
  readonly schema: 1;
  readonly creator: string;
  readonly attachments: readonly NewAttachment[];
  /** The member that is about to refer to them. */
  readonly holder: AttachmentHolder;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly used: number;
}

/** Another member is about to refer to attachments that are there. */
export interface AttachmentsHeld {
  readonly type: 'AttachmentsHeld';
  readonly schema: 1;
  readonly managedIds: readonly string[];
  readonly holder: AttachmentHolder;
  readonly at: number;
  readonly used: number;
}

/** The member did not come to refer to them. */
export interface AttachmentsAbandoned {
  readonly type: 'AttachmentsAbandoned';
  readonly schema: 1;
  readonly managedIds: readonly string[];
  readonly holder: AttachmentHolder;
  readonly at: number;
  readonly used: number;
}

/** A version of a member refers to other attachments than the one before. */
export interface ReferencesChanged {
  readonly type: 'ReferencesChanged';
  readonly schema: 1;
  readonly holder: AttachmentHolder;
  /** Of the holder's stream. */
  readonly version: number;
  readonly referred: readonly string[];
  readonly released: readonly string[];
  readonly at: number;
  readonly used: number;
}

/** A collection was deleted with all members. */
export interface CollectionReferencesReleased {
  readonly type: 'CollectionReferencesReleased';
  readonly schema: 1;
  readonly collection: string;
  /** Of the collection's stream. */
  readonly version: number;
  readonly released: readonly string[];
  readonly at: number;
  /** From when on they count as idle, if it is not `at`. */
  readonly idleFrom?: number;
  readonly used: number;
}

/** Those that nobody came to refer to are given up, and those that nobody has referred to for long are gone. */
export interface AttachmentsCollected {
  readonly type: 'AttachmentsCollected';
  readonly schema: 1;
  readonly givenUp: readonly string[];
  readonly removed: readonly string[];
  readonly at: number;
  readonly used: number;
  readonly kept: number;
}

export type AttachmentEvent =
  | AttachmentsAdded
  | AttachmentsHeld
  | AttachmentsAbandoned
  | ReferencesChanged
  | CollectionReferencesReleased
  | AttachmentsCollected;
