import type { PrincipalRecord, TenantLimits, TenantRecord } from '@almanac/contracts';
import type { DavRequest } from './http/dav-request.js';
import type { FrontendPorts } from './frontend-ports.js';

/** What a method has to work with: who asks, for which tenant, and what. */
export interface RequestContext {
  readonly ports: FrontendPorts;
  readonly tenant: TenantRecord;
  readonly limits: TenantLimits;
  readonly principal: PrincipalRecord;
  readonly request: DavRequest;
  /** Scheme and authority that attachments are fetched from; null: where the home is. */
  readonly publicUrl: string | null;
}
