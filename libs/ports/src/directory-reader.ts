import type { PrincipalRecord, TenantId, TenantRecord } from '@almanac/contracts';

/** Tenants. Contract: `directory-reader.contract.ts`. */
export interface TenantReader {
  tenant(id: TenantId): Promise<TenantRecord | null>;
  /** Host names are compared without case and port. */
  tenantByHost(host: string): Promise<TenantRecord | null>;
  tenantByDomain(domain: string): Promise<TenantRecord | null>;
  tenants(): Promise<readonly TenantRecord[]>;
}

/** Users, groups and resources of a tenant. Contract: `directory-reader.contract.ts`. */
export interface PrincipalReader {
  principal(tenant: TenantId, id: string): Promise<PrincipalRecord | null>;
  /** By login, else by any of the addresses; both are compared without case. */
  principalByLogin(tenant: TenantId, login: string): Promise<PrincipalRecord | null>;
  principalByAddress(tenant: TenantId, address: string): Promise<PrincipalRecord | null>;
  /** All principals by kind and id. */
  principals(tenant: TenantId): Promise<readonly PrincipalRecord[]>;
  /** The groups that name this principal as a member. */
  groupsOf(tenant: TenantId, id: string): Promise<readonly PrincipalRecord[]>;
}
