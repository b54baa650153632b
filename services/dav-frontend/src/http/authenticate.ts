import type { IncomingMessage } from 'node:http';
import { type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import type { FrontendPorts } from '../frontend-ports.js';
import type { AppPasswordUses } from './app-password-uses.js';
import { clientAddress, type ProxyTrust } from './client-address.js';
import { checkPassword } from './check-password.js';
import type { FailedLogins } from './failed-logins.js';
import { hostOf, type OriginSettings, originOf, withoutPort } from './read-request.js';
import type { RecentSignIns, SignedIn } from './recent-sign-ins.js';
import { demandOwnPage, pageHeader, sessionOf } from './session.js';
import type { VerifiedCredentials } from './verified-credentials.js';

export interface Gatekeeper extends OriginSettings {
  readonly recent: RecentSignIns;
  readonly verified: VerifiedCredentials;
  readonly failures: FailedLogins;
  readonly uses: AppPasswordUses;
}

interface Credentials {
  readonly login: string;
  readonly password: string;
}

/**
 * Who asks, by HTTP Basic (RFC 7617), or by the session of a page.
 * @throws DavError 401 for missing or wrong credentials, whatever is wrong with them
 */
export async function authenticate(
  message: IncomingMessage,
  ports: FrontendPorts,
  gate: Gatekeeper,
): Promise<SignedIn> {
  const credentials = readBasic(message.headers.authorization);
  const host = hostOf(message);
  if (credentials === null) return bySession(message, ports, gate);
  const recent = gate.recent.find(host, credentials.login);
  if (recent !== null && gate.verified.has(recent.principal, credentials.password))
    return used(gate, recent, credentials);
  const { tenant, principal } = await accountOf(host, credentials.login, ports);
  if (tenant !== null && principal !== null && gate.verified.has(principal, credentials.password)) {
    gate.recent.add(host, credentials.login, { tenant, principal });
    return used(gate, { tenant, principal }, credentials);
  }
  const keys = loginKeys(message, gate, { tenant, principal, login: credentials.login });
  const { password } = credentials;
  const check = () =>
    principal === null
      ? checkPassword(null, password)
      : gate.verified.check(principal, password, () => checkPassword(principal, password));
  const right = await gate.failures.attempt(keys, check);
  if (!right || tenant === null || principal === null) {
    log('info', 'wrong credentials', Object.fromEntries(keys.map(({ of, name }) => [of, name])));
    throw unauthorized(message, 'User name or password is wrong.');
  }
  gate.verified.add(principal, password);
  return used(gate, { tenant, principal }, credentials);
}

function used({ uses }: Gatekeeper, actor: SignedIn, { password }: Credentials): SignedIn {
  uses.note(actor, password);
  return actor;
}

async function bySession(message: IncomingMessage, ports: FrontendPorts, gate: Gatekeeper): Promise<SignedIn> {
  const found = await sessionOf(message, ports, originOf(message, gate));
  if (found === null) throw unauthorized(message, 'Sign in with user name and password.');
  const byHost = await ports.tenants.tenantByHost(withoutPort(hostOf(message)));
  if (byHost !== null && byHost.id !== found.tenant.id) throw unauthorized(message, 'This session is of another host.');
  demandOwnPage(message);
  return found;
}

/** Null where nobody has the login. */
export async function accountOf(host: string, login: string, ports: FrontendPorts) {
  const tenant = await tenantOf(host, login, ports);
  return { tenant, principal: tenant === null ? null : await userOf(tenant, login, ports) };
}

/** Characters; an address has no more (RFC 5321 4.5.3.1). Failures are counted and logged under the login. */
export const maxLogin = 320;

interface Attempt {
  readonly tenant: TenantRecord | null;
  readonly principal: PrincipalRecord | null;
  readonly login: string;
}

/** What wrong passwords are counted for. */
export function loginKeys(message: IncomingMessage, trust: ProxyTrust, { tenant, principal, login }: Attempt) {
  const name = `${tenant?.id ?? ''} ${principal?.id ?? login.toLowerCase().slice(0, maxLogin)}`;
  return [{ of: 'account', name } as const, { of: 'address', name: clientAddress(message, trust) } as const];
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

/** A page asks for the password itself: on its requests the browser must not. */
function unauthorized({ headers }: IncomingMessage, detail: string): DavError {
  const isPage = headers[pageHeader] !== undefined || headers.accept === 'text/event-stream';
  const challenge = !isPage ? 'Basic realm="Almanac", charset="UTF-8"' : 'Session';
  return new DavError(401, { detail, headers: { 'WWW-Authenticate': challenge } });
}
