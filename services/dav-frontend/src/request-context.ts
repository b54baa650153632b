import type { Viewer } from '@almanac/access';
import type { MemberRecord, PrincipalRecord, TenantLimits, TenantRecord } from '@almanac/contracts';
import type { UserAlarms } from '@almanac/icalendar';
import type { DavRequest } from './http/dav-request.js';
import type { PageSession } from './http/session.js';
import type { FrontendPorts } from './frontend-ports.js';

/** What a method has to work with: who asks, for which tenant, and what. */
export interface RequestContext {
  readonly ports: FrontendPorts;
  readonly tenant: TenantRecord;
  readonly limits: TenantLimits;
  readonly principal: PrincipalRecord;
  readonly request: DavRequest;
  /** The actor has signed in to the web interface; null: the request came with a password. */
  readonly session: PageSession | null;
  /**
   * Asks the actor for their own password once more, or where they have signed in elsewhere, whether they did so just now.
   * @param password as it was sent
   * @throws DavError 403 or 429
   */
  readonly confirm: (password: unknown) => Promise<void>;
  /** The actor with the groups it is in, also by other groups; asked for once a request, and only where rights hang on it. */
  readonly viewer: () => Promise<Viewer>;
  /** Scheme and authority that attachments are fetched from; null: where the home is. */
  readonly publicUrl: string | null;
  /** Aborted when the server is about to close: answers without an end come to one. */
  readonly closing: AbortSignal;
  /** Of an object that is put by who is not its owner: the owner's reminders, where they are not those that it has now (R6). */
  readonly ownersAlarms?: UserAlarms;
  /** MANAGED-IDs that an object may refer to, whosever they are: of what it was cut off, or was before. */
  readonly mayKeep?: readonly string[];
  /** Of an object that is put back as it was: what its text does not say. */
  readonly restored?: Pick<MemberRecord, 'createdBy' | 'properties'>;
  /** For how many milliseconds a deleted folder can be restored. */
  readonly trashRetention: number;
}
