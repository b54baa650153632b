import { tenantId } from '@almanac/contracts';
import {
  addPrincipal,
  addUser,
  changePrincipals,
  changeTenants,
  type DirectoryClient,
} from '@almanac/service-directory';
import type { SeedGroup, SeedTenant } from './seed-file.js';

/** Makes what the file declares and the store lacks; what is there already stays as it is. */
export async function applySeed(client: DirectoryClient, tenants: readonly SeedTenant[]): Promise<void> {
  for (const tenant of tenants) {
    await applyTenant(client, tenant);
    await Promise.all(
      tenant.users.map((user) => missing(client, tenant, user.id, () => addUser(client, tenant.id, user))),
    );
    for (const { id, name, kind, addresses } of tenant.resources) {
      const resource = { id, name, addresses, kind: 'resource', resourceKind: kind } as const;
      await missing(client, tenant, id, () => addPrincipal(client, tenant.id, resource));
    }
    for (const group of tenant.groups) await applyGroup(client, tenant, group);
    for (const group of tenant.groups) await applyMembers(client, tenant, group);
    for (const principal of [...tenant.users, ...tenant.groups, ...tenant.resources]) {
      await applyAddresses(client, tenant, principal);
    }
  }
}

async function missing(
  { principals }: DirectoryClient,
  tenant: SeedTenant,
  id: string,
  add: () => Promise<unknown>,
): Promise<void> {
  if ((await principals.principal(tenantId(tenant.id), id)) === null) await add();
}

async function applyTenant(client: DirectoryClient, { id, hosts, domains, profile }: SeedTenant): Promise<void> {
  const existing = await client.tenants.tenant(tenantId(id));
  if (existing === null) {
    await changeTenants(client, { type: 'AddTenant', id, hosts, domains, profile, limits: {} });
    return;
  }
  const changes = { hosts: union(existing.hosts, hosts), domains: union(existing.domains, domains) };
  const grown = changes.hosts.length > existing.hosts.length || changes.domains.length > existing.domains.length;
  if (grown) await changeTenants(client, { type: 'ChangeTenant', id, changes });
}

/** Members come once all groups are there: groups may hold each other. */
async function applyGroup(client: DirectoryClient, tenant: SeedTenant, { id, name, addresses }: SeedGroup) {
  const group = { id, name, addresses, kind: 'group', members: [] } as const;
  await missing(client, tenant, id, () => addPrincipal(client, tenant.id, group));
}

async function applyMembers(client: DirectoryClient, tenant: SeedTenant, { id, members }: SeedGroup): Promise<void> {
  const existing = (await client.principals.principal(tenantId(tenant.id), id))?.members ?? [];
  const all = union(existing, members);
  if (all.length === existing.length) return;
  await changePrincipals(client, tenant.id, { type: 'ChangePrincipal', id, kind: 'group', changes: { members: all } });
}

async function applyAddresses(
  client: DirectoryClient,
  tenant: SeedTenant,
  { id, addresses }: { readonly id: string; readonly addresses: readonly string[] },
): Promise<void> {
  const existing = await client.principals.principal(tenantId(tenant.id), id);
  if (existing === null) return;
  const all = union(existing.addresses, addresses);
  if (all.length === existing.addresses.length) return;
  const { kind } = existing;
  await changePrincipals(client, tenant.id, { type: 'ChangePrincipal', id, kind, changes: { addresses: all } });
}

const union = (before: readonly string[], more: readonly string[]): readonly string[] => [
  ...new Set([...before, ...more]),
];
