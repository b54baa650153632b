import type { IncomingMessage } from 'node:http';
import { type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { FrontendPorts } from '../frontend-ports.js';
import type { SignedIn } from './recent-sign-ins.js';

const cookieName = 'almanac_session';
const purpose = 'session';

/** Seconds after which a page that nobody looks at has to be signed in to again. */
const lifetime = 12 * 3600;

/** Pages send it with every request: no other site can without our consent, which nobody gets (Fetch, CORS). */
export const pageHeader = 'x-almanac-csrf';

/** What a session is of. It is kept by the browser alone, so that every replica knows it. */
interface Session {
  readonly tenant: string;
  readonly user: string;
  /** A session ends with the password that it was begun with. */
  readonly credentialVersion: number;
}

interface Account {
  readonly tenant: TenantRecord;
  readonly principal: PrincipalRecord;
}

/** The header that begins a session, or continues it. @param origin what the page was loaded from */
export async function sessionCookie({ links }: FrontendPorts, account: Account, origin: string) {
  const { tenant, principal } = account;
  const session: Session = { tenant: tenant.id, user: principal.id, credentialVersion: principal.credentialVersion };
  const token = await links.seal(purpose, JSON.stringify(session), Date.now() + lifetime * 1000);
  return { 'Set-Cookie': cookie(token, lifetime, origin) };
}

/** The header that ends a session. */
export const endedSession = (origin: string) => ({ 'Set-Cookie': cookie('', 0, origin) });

function cookie(value: string, maxAge: number, origin: string): string {
  const secure = origin.startsWith('https:') ? '; Secure' : '';
  return `${cookieName}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${secure}`;
}

/** Null without a session that holds now. */
export async function sessionOf(message: IncomingMessage, ports: FrontendPorts): Promise<SignedIn | null> {
  const token = tokenIn(message.headers.cookie);
  const text = token === null ? null : await ports.links.unseal(purpose, token, Date.now());
  if (text === null) return null;
  const session = JSON.parse(text) as Session;
  const id = tenantId(session.tenant);
  const [tenant, principal] = await Promise.all([
    ports.tenants.tenant(id),
    ports.principals.principal(id, session.user),
  ]);
  const holds = principal?.kind === 'user' && principal.credentialVersion === session.credentialVersion;
  return tenant === null || !holds ? null : { tenant, principal };
}

function tokenIn(header = ''): string | null {
  const prefix = `${cookieName}=`;
  const found = header.split(/;\s*/).find((each) => each.startsWith(prefix));
  return found?.slice(prefix.length) || null;
}

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'PROPFIND', 'REPORT']);

/**
 * A browser sends the cookie with requests that other sites begin, too: what changes something must come from our page.
 * @throws DavError 403
 */
export function demandOwnPage({ method = '', headers }: IncomingMessage): void {
  if (safeMethods.has(method)) return;
  const site = headers['sec-fetch-site'];
  if (headers[pageHeader] !== undefined && (site === undefined || site === 'same-origin')) return;
  throw new DavError(403, { detail: 'Requests of a session that change something come from its page alone.' });
}
