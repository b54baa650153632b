import type { Commit, DomainEvent } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';

/** Read model `tenants`. */
export function tenantsProjection(event: DomainEvent, { version }: Commit): readonly ReadModelChange[] {
  switch (event.type) {
    case 'TenantAdded': {
      const { id, hosts, domains, profile, rulesOff = [], limits, oidc } = event;
      const changes = { hosts, domains, profile, rulesOff, limits, ...(oidc === undefined ? {} : { oidc }) };
      return [{ kind: 'tenant-put', id, version, changes }];
    }
    case 'TenantChanged':
      return [{ kind: 'tenant-put', id: event.id, version, changes: event.changes }];
    case 'TenantRemoved':
      return [{ kind: 'tenant-dropped', id: event.id, version }];
    default:
      return [];
  }
}
