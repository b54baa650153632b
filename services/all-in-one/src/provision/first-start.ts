import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { tenantId } from '@almanac/contracts';
import { addUser, changeTenants, type DirectoryClient, isHostName } from '@almanac/service-directory';
import { newPassword } from '@almanac/service-host';
import type { Profile } from '@almanac/contracts';

export interface FirstAccount {
  readonly tenant: string;
  readonly login: string;
  readonly password: string;
}

/** What a first tenant is made from. */
export interface FirstTenant {
  readonly profile: Profile;
  /** Host names under which people will ask for the service, besides this machine's own. */
  readonly hosts: readonly string[];
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const wildcards = ['0.0.0.0', '[::]'];
const firstTenant = 'default';

/**
 * An empty store gets one tenant and one user; the password is told once and kept nowhere. What an earlier start that
 * broke off has made is used.
 * @returns null when the store is not empty
 */
export async function makeFirstAccount(client: DirectoryClient, first: FirstTenant): Promise<FirstAccount | null> {
  const tenants = await client.tenants.tenants();
  if (tenants.some(({ id }) => id !== firstTenant)) return null;
  if (tenants.length === 0) await addFirstTenant(client, first);
  else if ((await client.principals.principals(tenantId(firstTenant))).length > 0) return null;
  const account = { tenant: firstTenant, login: 'user', password: newPassword() };
  const { login, password } = account;
  await addUser(client, firstTenant, { id: 'user', login, password, name: 'User', addresses: [] });
  return account;
}

/** It answers to every name of the machine that is known here and can be a host name of a tenant. */
async function addFirstTenant(client: DirectoryClient, { profile, hosts: wanted }: FirstTenant): Promise<void> {
  const own = [hostname(), ...wanted]
    .map((name) => (isIPv6(name) ? `[${name}]` : name).toLowerCase())
    .filter((name) => isHostName(name) && !wildcards.includes(name));
  const hosts = [...new Set([...loopback, ...own])];
  await changeTenants(client, { type: 'AddTenant', id: firstTenant, hosts, domains: [], profile, limits: {} });
}

/** The host names that the settings tell of. */
export const knownHosts = ({ host, publicUrl }: { host: string; publicUrl: string | null }): readonly string[] =>
  publicUrl === null ? [host] : [host, new URL(publicUrl).hostname];

export const welcome = ({ login, password }: FirstAccount, url: string): string =>
  [
    '',
    'A first account was made. These lines are shown once:',
    `  user name  ${login}`,
    `  password   ${password}`,
    `  server     ${url}/  (account set-up in calendar programs)`,
    `  CalDAV     ${url}/calendars/user/`,
    '',
  ].join('\n');
