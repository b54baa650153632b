import type { IncomingMessage } from 'node:http';
import { type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import type { FrontendPorts } from '../frontend-ports.js';
import { clientAddress, type ProxyTrust } from './client-address.js';
import { checkPassword } from './check-password.js';
import type { FailedLogins } from './failed-logins.js';
import { hostOf, withoutPort } from './read-request.js';
import type { RecentSignIns, SignedIn } from './recent-sign-ins.js';
import type { SharedLookUps } from './shared-look-ups.js';
import type { VerifiedCredentials } from './verified-credentials.js';

export interface Gatekeeper extends ProxyTrust {
  readonly recent: RecentSignIns;
  readonly accounts: SharedLookUps<Account>;
  readonly verified: VerifiedCredentials;
  readonly failures: FailedLogins;
}

interface Credentials {
  readonly login: string;
  readonly password: string;
}

/**
 * Who asks, by HTTP Basic (RFC 7617).
 * @throws DavError 401 for missing or wrong credentials, whatever is wrong with them
 */
export async function authenticate(
  message: IncomingMessage,
  ports: FrontendPorts,
  gate: Gatekeeper,
): Promise<SignedIn> {
  const credentials = readBasic(message.headers.authorization);
  if (credentials === null) throw unauthorized('Sign in with user name and password.');
  const host = hostOf(message);
  const recent = gate.recent.find(host, credentials.login);
  if (recent !== null && gate.verified.has(recent.principal, credentials.password)) return recent;
  const asked = `${host}\n${credentials.login}`;
  const { tenant, principal } = await gate.accounts.find(asked, () => accountOf(host, credentials.login, ports));
  if (tenant !== null && principal !== null && gate.verified.has(principal, credentials.password)) {
    gate.recent.add(host, credentials.login, { tenant, principal });
    return { tenant, principal };
  }
  const account = {
    of: 'account',
    name: `${tenant?.id ?? ''} ${principal?.id ?? credentials.login.toLowerCase()}`,
  } as const;
  const keys = [account, { of: 'address', name: clientAddress(message, gate) } as const];
  const { password } = credentials;
  const check = () =>
    principal === null
      ? checkPassword(null, password)
      : gate.verified.check(principal, password, () => checkPassword(principal, password));
  const right = await gate.failures.attempt(keys, check);
  if (!right || tenant === null || principal === null) {
    log('info', 'wrong credentials', Object.fromEntries(keys.map(({ of, name }) => [of, name])));
    throw unauthorized('User name or password is wrong.');
  }
  gate.verified.add(principal, password);
  return { tenant, principal };
}

/** Null where nobody has the login. */
export interface Account {
  readonly tenant: TenantRecord | null;
  readonly principal: PrincipalRecord | null;
}

async function accountOf(host: string, login: string, ports: FrontendPorts): Promise<Account> {
  const tenant = await tenantOf(host, login, ports);
  return { tenant, principal: tenant === null ? null : await userOf(tenant, login, ports) };
}

/** A known host name chooses the tenant; on another one, the login's domain does (design 7). */
async function tenantOf(host: string, login: string, { tenants }: FrontendPorts): Promise<TenantRecord | null> {
  const domain = login.includes('@') ? login.slice(login.lastIndexOf('@') + 1).toLowerCase() : null;
  const byDomain = domain === null ? null : await tenants.tenantByDomain(domain);
  const byHost = await tenants.tenantByHost(withoutPort(host));
  if (byHost === null) return byDomain;
  return byDomain !== null && byDomain.id !== byHost.id ? null : byHost;
}

async function userOf(tenant: TenantRecord, login: string, ports: FrontendPorts): Promise<PrincipalRecord | null> {
  const found = await ports.principals.principalByLogin(tenantId(tenant.id), login);
  return found?.kind === 'user' ? found : null;
}

function readBasic(header: string | undefined): Credentials | null {
  const encoded = /^basic\s+([A-Za-z0-9+/=_-]+)\s*$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const text = decodeText(Buffer.from(encoded, 'base64'));
  const colon = text.indexOf(':');
  return colon < 0 ? null : { login: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** We ask for UTF-8; older clients send Latin-1 all the same. */
function decodeText(octets: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets);
  } catch {
    return Buffer.from(octets).toString('latin1');
  }
}

const unauthorized = (detail: string): DavError =>
  new DavError(401, { detail, headers: { 'WWW-Authenticate': 'Basic realm="Almanac", charset="UTF-8"' } });
