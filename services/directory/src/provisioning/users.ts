import { type Outcome, type PrincipalDetails, type PrincipalKind, profileOf, tenantId } from '@almanac/contracts';
import { changePrincipals, type DirectoryClient, ProvisioningError } from './directory-client.js';
import { newHome } from './new-home.js';
import { hashPassword, newPassword } from '@almanac/service-host';

export interface NewUser extends Pick<PrincipalDetails, 'profile' | 'rulesOff'> {
  readonly id: string;
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly addresses: readonly string[];
}

/** @throws ProvisioningError when the tenant is missing, or an id, login or address is taken or malformed */
export async function addUser(client: DirectoryClient, tenant: string, user: NewUser): Promise<Outcome> {
  const { password, ...details } = user;
  const settings = profileOf(await tenantOf(client, tenant), user);
  const passwordHash = await hashPassword(password);
  return changePrincipals(client, tenant, {
    type: 'AddPrincipal',
    kind: 'user',
    ...details,
    passwordHash,
    home: newHome(settings),
  });
}

/** A group or a resource. */
export const addPrincipal = (
  client: DirectoryClient,
  tenant: string,
  principal: PrincipalDetails & { readonly id: string; readonly kind: Exclude<PrincipalKind, 'user'> },
): Promise<Outcome> => changePrincipals(client, tenant, { type: 'AddPrincipal', ...principal });

export async function setPassword(client: DirectoryClient, tenant: string, user: { id: string; password: string }) {
  const passwordHash = await hashPassword(user.password);
  return changePrincipals(client, tenant, { type: 'ChangePassword', id: user.id, passwordHash });
}

export interface NewAppPassword {
  readonly key: string;
  /** Shown once, and kept nowhere. */
  readonly password: string;
}

/** A password for one device; its first group is the key by which it is found and revoked (design 7). */
export async function addAppPassword(
  client: DirectoryClient,
  tenant: string,
  { id, label }: { id: string; label: string },
): Promise<NewAppPassword> {
  const password = newPassword();
  const key = password.slice(0, password.indexOf('-'));
  const hash = await hashPassword(password);
  await changePrincipals(client, tenant, { type: 'AddAppPassword', id, key, label, hash });
  return { key, password };
}

export async function tenantOf(client: DirectoryClient, id: string) {
  const tenant = await client.tenants.tenant(tenantId(id));
  if (tenant === null) throw new ProvisioningError('tenant-missing', `There is no tenant ${id}.`);
  return tenant;
}

export async function principalOf(
  client: DirectoryClient,
  tenant: string,
  { kind, id }: { kind: PrincipalKind; id: string },
) {
  const principal = await client.principals.principal(tenantId((await tenantOf(client, tenant)).id), id);
  if (principal?.kind === kind) return principal;
  throw new ProvisioningError('principal-missing', `There is no ${kind} ${id} in the tenant ${tenant}.`);
}
