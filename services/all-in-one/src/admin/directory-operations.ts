import {
  type PrincipalDetails,
  type PrincipalKind,
  type PrincipalRecord,
  type TenantSettings,
  tenantId,
} from '@almanac/contracts';
import {
  addAppPassword,
  addPrincipal,
  addUser,
  changePrincipals,
  changeTenants,
  ProvisioningError,
  principalOf,
  setPassword,
  tenantOf,
} from '@almanac/service-directory';
import { newPassword } from '@almanac/service-host';
import type { ServiceStore } from '../store/service-store.js';
import type { Operation } from './operations.js';

interface InTenant {
  /** Left out where there is only one. */
  readonly tenant?: string;
}
interface OfPrincipal extends InTenant {
  readonly kind: PrincipalKind;
  readonly id: string;
}

/** @throws ProvisioningError when there are several and none is named */
export async function chosenTenant(store: ServiceStore, { tenant }: InTenant): Promise<string> {
  if (tenant !== undefined) return (await tenantOf(store, tenant)).id;
  const [only, ...others] = await store.tenants.tenants();
  if (only !== undefined && others.length === 0) return only.id;
  const words =
    only === undefined ? 'There is no tenant yet; add one.' : 'There are several tenants; name one with --tenant.';
  throw new ProvisioningError('tenant-missing', words);
}

type NewPrincipal = OfPrincipal & PrincipalDetails & { readonly password?: string };

async function add(store: ServiceStore, { tenant: named, kind, password, ...details }: NewPrincipal) {
  const tenant = await chosenTenant(store, named === undefined ? {} : { tenant: named });
  if (kind !== 'user') {
    await addPrincipal(store, tenant, { kind, ...details });
    return { tenant, id: details.id };
  }
  const secret = password ?? newPassword();
  await addUser(store, tenant, { ...details, login: details.login ?? details.id, password: secret });
  await store.settled();
  return { tenant, id: details.id, ...(password === undefined ? { password: secret } : {}) };
}

async function set(store: ServiceStore, argument: OfPrincipal & { readonly changes: Partial<PrincipalDetails> }) {
  const tenant = await chosenTenant(store, argument);
  const { kind, id, changes } = argument;
  await changePrincipals(store, tenant, { type: 'ChangePrincipal', kind, id, changes });
  return { tenant, id };
}

async function remove(store: ServiceStore, argument: OfPrincipal) {
  const tenant = await chosenTenant(store, argument);
  const { kind, id } = argument;
  await changePrincipals(store, tenant, { type: 'RemovePrincipal', kind, id });
  await store.settled();
  return { tenant, id };
}

/** No hash leaves the service. */
const shown = ({ id, login, name, addresses, members, resourceKind, appPasswords, kind }: PrincipalRecord) => ({
  id,
  name,
  ...(login === undefined ? {} : { login }),
  addresses,
  ...(kind === 'group' ? { members: members ?? [] } : {}),
  ...(resourceKind === undefined ? {} : { kind: resourceKind }),
  ...(kind === 'user' ? { appPasswords: appPasswords.length } : {}),
});

async function list(store: ServiceStore, argument: InTenant & { readonly kind: PrincipalKind }) {
  const all = await store.principals.principals(tenantId(await chosenTenant(store, argument)));
  return all.filter(({ kind }) => kind === argument.kind).map(shown);
}

async function password(store: ServiceStore, argument: InTenant & { readonly id: string; readonly password?: string }) {
  const tenant = await chosenTenant(store, argument);
  const { id, password: given } = argument;
  const secret = given ?? newPassword();
  await setPassword(store, tenant, { id, password: secret });
  return { tenant, id, ...(given === undefined ? { password: secret } : {}) };
}

type OfUser = InTenant & { readonly id: string };

const appPasswords = {
  async add(store: ServiceStore, argument: OfUser & { readonly label: string }) {
    const tenant = await chosenTenant(store, argument);
    return { tenant, id: argument.id, ...(await addAppPassword(store, tenant, argument)) };
  },
  async list(store: ServiceStore, argument: OfUser) {
    const tenant = await chosenTenant(store, argument);
    const user = await principalOf(store, tenant, { kind: 'user', id: argument.id });
    return user.appPasswords.map(({ key, label, createdAt, usedAt }) => ({
      key,
      label,
      created: new Date(createdAt).toISOString(),
      lastUsed: usedAt === undefined ? null : new Date(usedAt).toISOString(),
    }));
  },
  async revoke(store: ServiceStore, { id, key, ...argument }: OfUser & { readonly key: string }) {
    const tenant = await chosenTenant(store, argument);
    await changePrincipals(store, tenant, { type: 'RevokeAppPassword', id, key });
    return { tenant, id, key };
  },
};

const tenants = {
  async add(store: ServiceStore, argument: { readonly id: string } & TenantSettings) {
    await changeTenants(store, { type: 'AddTenant', ...argument });
    return { id: argument.id };
  },
  list: async (store: ServiceStore) =>
    (await store.tenants.tenants()).map(({ version: _version, ...tenant }) => tenant),
  async set(store: ServiceStore, { id, changes }: { readonly id: string; readonly changes: Partial<TenantSettings> }) {
    const { limits } = await tenantOf(store, id);
    const merged = changes.limits === undefined ? changes : { ...changes, limits: { ...limits, ...changes.limits } };
    await changeTenants(store, { type: 'ChangeTenant', id, changes: merged });
    return { id };
  },
  async remove(store: ServiceStore, { id }: { readonly id: string }) {
    await changeTenants(store, { type: 'RemoveTenant', id });
    return { id };
  },
};

export const directoryOperations: Readonly<Record<string, Operation>> = {
  'tenant-add': tenants.add,
  'tenant-list': tenants.list,
  'tenant-set': tenants.set,
  'tenant-remove': tenants.remove,
  'principal-add': add,
  'principal-list': list,
  'principal-set': set,
  'principal-remove': remove,
  'user-password': password,
  'app-password-add': appPasswords.add,
  'app-password-list': appPasswords.list,
  'app-password-revoke': appPasswords.revoke,
};
