/**
 * Why a command was refused. A code that the RFCs have is spelled as their precondition; the frontend's
 * table `errors/rejections.ts` turns each into a status (design 6).
 */
export type RejectionCode =
  | 'precondition-failed'
  | 'no-uid-conflict'
  | 'supported-calendar-component'
  | 'resource-must-be-null'
  | 'default-calendar-needed'
  | 'collection-missing'
  | 'member-missing'
  | 'home-missing'
  | 'tenant-missing'
  | 'principal-missing'
  | 'app-password-missing'
  | 'too-many-app-passwords'
  | 'id-taken'
  | 'login-taken'
  | 'address-taken'
  | 'host-taken'
  | 'domain-taken'
  | 'tenant-not-empty'
  | 'max-resource-size'
  | 'not-visible'
  | 'need-privileges'
  | 'quota-not-exceeded'
  | 'valid-managed-id-parameter'
  | 'too-many-alarms'
  | 'too-many-members'
  | 'too-many-collections'
  | 'invalid'
  | 'expired';

export interface Rejection {
  readonly code: RejectionCode;
  /** Words for the person who made the request: what is wrong and what to change. */
  readonly detail: string;
  /** The member that stands in the way (no-uid-conflict). */
  readonly member?: string;
}

/** What a decided command led to; it is recorded with its commit, so that a repetition gives the same. */
export interface Outcome {
  /** The stream's version that shows the change; 0 when nothing had to change. */
  readonly version: number;
  readonly epoch?: string;
  /** True when the member or collection did not exist before. */
  readonly created?: boolean;
  /** True when what is stored differs from what was sent (RFC 4791 5.3.4: no ETag). */
  readonly altered?: boolean;
}

export type CommandResult =
  | { readonly kind: 'accepted'; readonly outcome: Outcome }
  | { readonly kind: 'refused'; readonly rejection: Rejection };

export const accepted = (outcome: Outcome): CommandResult => ({ kind: 'accepted', outcome });
export const refused = (rejection: Rejection): CommandResult => ({ kind: 'refused', rejection });
