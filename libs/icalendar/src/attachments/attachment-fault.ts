/** Preconditions of RFC 8607 3.11 that the calendar data decides. */
export interface AttachmentFault {
  readonly code: 'valid-rid' | 'valid-managed-id';
  readonly reason: string;
}

export const isAttachmentFault = (value: unknown): value is AttachmentFault =>
  typeof value === 'object' && value !== null && 'code' in value && 'reason' in value;

export const wrongRid = (reason: string): AttachmentFault => ({ code: 'valid-rid', reason });
export const wrongManagedId = (reason: string): AttachmentFault => ({ code: 'valid-managed-id', reason });
