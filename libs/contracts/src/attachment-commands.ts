import type { AttachmentHolder, NewAttachment } from './attachment-events.js';

export interface AddAttachments {
  readonly type: 'AddAttachments';
  readonly attachments: readonly NewAttachment[];
  /** The member that is about to refer to them. */
  readonly holder: AttachmentHolder;
  /** Octets of attachments that the home may use in all, as its other contents are now. */
  readonly room: number;
  /** Octets that may be kept in all, those included that wait for their removal. */
  readonly keptLimit: number;
}
/** Refused when one of them is not there (any more). */
export interface HoldAttachments {
  readonly type: 'HoldAttachments';
  readonly managedIds: readonly string[];
  readonly holder: AttachmentHolder;
}
export interface AbandonAttachments {
  readonly type: 'AbandonAttachments';
  readonly managedIds: readonly string[];
  readonly holder: AttachmentHolder;
}
/** All that a member refers to from a version on; ids of other homes and unknown ones are passed over. */
export interface ChangeReferences {
  readonly type: 'ChangeReferences';
  readonly holder: AttachmentHolder;
  readonly version: number;
  readonly managedIds: readonly string[];
}
export interface ReleaseCollection {
  readonly type: 'ReleaseCollection';
  readonly collection: string;
  readonly version: number;
  /** Milliseconds since 1970: what is released counts as idle from then on; left out where it does so at once. */
  readonly idleFrom?: number;
}
export interface CollectAttachments {
  readonly type: 'CollectAttachments';
  readonly managedIds: readonly string[];
  /** Milliseconds since 1970: what was idle already then is given up or removed. */
  readonly idleBefore: number;
}

export type AttachmentCommandBody =
  | AddAttachments
  | HoldAttachments
  | AbandonAttachments
  | ChangeReferences
  | ReleaseCollection
  | CollectAttachments;
