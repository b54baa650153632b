import type { NewAttachment } from './attachment-events.js';
import type { AttachmentUses } from './attachment-uses.js';

/** Read model `attachments`. */
export interface AttachmentRecord extends NewAttachment, AttachmentUses {
  readonly tenant: string;
  /** Whose home keeps it. */
  readonly home: string;
  /** Of that home's attachments. */
  readonly stream: string;
  /** The version of that stream that this record shows. */
  readonly version: number;
  /** Who made it. */
  readonly creator: string;
  /** Milliseconds since 1970. */
  readonly addedAt: number;
}

/** Read model `attachment_homes`. */
export interface AttachmentHomeRecord {
  readonly stream: string;
  readonly version: number;
  /** Octets that count to the quota. */
  readonly used: number;
  /** Octets in all. */
  readonly kept: number;
}
