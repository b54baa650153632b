import {
  accept,
  type Command,
  type Decision,
  type Rejection,
  reject,
  type TenantCommandBody,
  type TenantEvent,
  type TenantSettings,
} from '@almanac/contracts';
import { faultOfHost, faultOfOidc, faultOfTenantId, firstFault } from './identifiers.js';

/** All tenants of the installation; there are few, and host names are unique among them (O3). */
export interface TenantsState {
  readonly tenants: ReadonlyMap<string, TenantSettings>;
  /** Those that still have principals. */
  readonly inUse: ReadonlySet<string>;
}

export function decideTenant(state: TenantsState, { body }: Command<TenantCommandBody>): Decision<TenantEvent> {
  switch (body.type) {
    case 'AddTenant': {
      if (state.tenants.has(body.id))
        return reject({ code: 'id-taken', detail: `There is a tenant ${body.id} already.` });
      const fault = faultOfTenantId(body.id) ?? faultOfSettings(state, body.id, body);
      const { type: _, ...settings } = body;
      return fault === null
        ? accept([{ type: 'TenantAdded', schema: 1, ...settings }], { created: true })
        : reject(fault);
    }
    case 'ChangeTenant': {
      if (!state.tenants.has(body.id)) return reject(tenantMissing(body.id));
      const fault = faultOfSettings(state, body.id, body.changes);
      if (fault !== null) return reject(fault);
      return accept([{ type: 'TenantChanged', schema: 1, id: body.id, changes: body.changes }]);
    }
    case 'RemoveTenant':
      if (!state.tenants.has(body.id)) return reject(tenantMissing(body.id));
      return state.inUse.has(body.id)
        ? reject({ code: 'tenant-not-empty', detail: `Remove the users, groups and resources of ${body.id} first.` })
        : accept([{ type: 'TenantRemoved', schema: 1, id: body.id }]);
  }
}

const tenantMissing = (id: string): Rejection => ({ code: 'tenant-missing', detail: `There is no tenant ${id}.` });

function faultOfSettings(state: TenantsState, id: string, settings: Partial<TenantSettings>): Rejection | null {
  const { hosts = [], domains = [], oidc = null } = settings;
  return firstFault([
    oidc === null ? null : faultOfOidc(oidc),
    ...[...hosts, ...domains].map(faultOfHost),
    ...hosts.map((host) => taken(state, id, { list: 'hosts', value: host })),
    ...domains.map((domain) => taken(state, id, { list: 'domains', value: domain })),
  ]);
}

function taken(
  state: TenantsState,
  id: string,
  { list, value }: { list: 'hosts' | 'domains'; value: string },
): Rejection | null {
  for (const [other, settings] of state.tenants) {
    if (other === id || !settings[list].includes(value)) continue;
    return list === 'hosts'
      ? { code: 'host-taken', detail: `The host name ${value} belongs to the tenant ${other}.` }
      : { code: 'domain-taken', detail: `The domain ${value} belongs to the tenant ${other}.` };
  }
  return null;
}

export function evolveTenants(state: TenantsState, event: TenantEvent): TenantsState {
  const tenants = new Map(state.tenants);
  if (event.type === 'TenantRemoved') tenants.delete(event.id);
  if (event.type === 'TenantAdded') tenants.set(event.id, event);
  if (event.type === 'TenantChanged') {
    const before = tenants.get(event.id);
    if (before !== undefined) tenants.set(event.id, { ...before, ...event.changes });
  }
  return { ...state, tenants };
}
