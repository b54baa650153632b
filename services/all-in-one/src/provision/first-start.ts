import { isIPv6 } from 'node:net';
import { hostname } from 'node:os';
import { tenantId } from '@almanac/contracts';
import { addUser, changeTenants, type DirectoryClient, isHostName, newPassword } from '@almanac/service-directory';
import type { Configuration } from '../configuration.js';

export interface FirstAccount {
  readonly tenant: string;
  readonly login: string;
  readonly password: string;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const wildcards = ['0.0.0.0', '[::]'];
const firstTenant = 'default';

/**
 * An empty store gets one tenant and one user; the password is told once and kept nowhere. What an earlier start that
 * broke off has made is used.
 * @returns null when the store is not empty
 */
export async function makeFirstAccount(
  client: DirectoryClient,
  configuration: Configuration,
): Promise<FirstAccount | null> {
  const tenants = await client.tenants.tenants();
  if (tenants.some(({ id }) => id !== firstTenant)) return null;
  if (tenants.length === 0) await addFirstTenant(client, configuration);
  else if ((await client.principals.principals(tenantId(firstTenant))).length > 0) return null;
  const account = { tenant: firstTenant, login: 'user', password: newPassword() };
  const { login, password } = account;
  await addUser(client, firstTenant, { id: 'user', login, password, name: 'User', addresses: [] });
  return account;
}

/** It answers to every name of the machine that is known here and can be a host name of a tenant. */
async function addFirstTenant(client: DirectoryClient, { host, publicUrl, profile }: Configuration): Promise<void> {
  const own = [hostname(), host, publicUrl === null ? '' : new URL(publicUrl).hostname]
    .map((name) => (isIPv6(name) ? `[${name}]` : name).toLowerCase())
    .filter((name) => isHostName(name) && !wildcards.includes(name));
  const hosts = [...new Set([...loopback, ...own])];
  await changeTenants(client, { type: 'AddTenant', id: firstTenant, hosts, domains: [], profile, limits: {} });
}

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
