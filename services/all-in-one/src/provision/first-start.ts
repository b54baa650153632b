import { hostname } from 'node:os';
import { addUser, changeTenants, type DirectoryClient, newPassword } from '@almanac/service-directory';
import type { Configuration } from '../configuration.js';

export interface FirstAccount {
  readonly tenant: string;
  readonly login: string;
  readonly password: string;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const wildcards = ['0.0.0.0', '::', '[::]'];

/** An empty store gets one tenant and one user; the password is told once and kept nowhere. */
export async function makeFirstAccount(
  client: DirectoryClient,
  { host, publicUrl, profile }: Configuration,
): Promise<FirstAccount> {
  const own = [hostname(), host, publicUrl === null ? '' : new URL(publicUrl).hostname];
  const named = own.map((name) => name.toLowerCase()).filter((name) => name !== '' && !wildcards.includes(name));
  const hosts = [...new Set([...loopback, ...named])];
  await changeTenants(client, { type: 'AddTenant', id: 'default', hosts, domains: [], profile, limits: {} });
  const account = { tenant: 'default', login: 'user', password: newPassword() };
  const { login, password } = account;
  await addUser(client, 'default', { id: 'user', login, password, name: 'User', addresses: [] });
  return account;
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
