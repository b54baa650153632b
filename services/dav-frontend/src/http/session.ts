import type { IncomingMessage } from 'node:http';
import { type PrincipalRecord, type TenantRecord, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { FrontendPorts } from '../frontend-ports.js';
import type { SignedIn } from './recent-sign-ins.js';

const name = 'almanac_session';
const purpose = 'session';

/** Seconds after which a page that nobody looks at has to be signed in to again. */
const lifetime = 12 * 3600;
/** Milliseconds after which it has to be in any case. */
export const longest = 7 * 86_400_000;

/** Pages send it with every request: no other site can without our consent, which nobody gets (Fetch, CORS). */
export const pageHeader = 'x-almanac-csrf';

/** How a session came to be. */
export interface PageSession {
  /** Milliseconds since 1970. */
  readonly begun: number;
  readonly way: 'password' | 'oidc';
  /** When the provider asked who it is, where it says so: it may have known them from before. Milliseconds since 1970. */
  readonly shown?: number;
}

/** What a session is of. It is kept by the browser alone, so that every replica knows it. */
interface Sealed extends PageSession {
  readonly tenant: string;
  readonly user: string;
  /** A session ends with the password that it was begun with, and when all of the user's are ended. */
  readonly credentialVersion: number;
}

interface Account {
  readonly tenant: TenantRecord;
  readonly principal: PrincipalRecord;
}

/** The header that begins a session, or continues it. @param origin what the page was loaded from */
export async function sessionCookie(
  { links }: FrontendPorts,
  { tenant, principal }: Account,
  { origin, ...page }: PageSession & { readonly origin: string },
) {
  const { credentialVersion } = principal;
  const session: Sealed = { tenant: tenant.id, user: principal.id, credentialVersion, ...page };
  const now = Date.now();
  const expires = Math.min(now + lifetime * 1000, page.begun + longest);
  const token = await links.seal(purpose, JSON.stringify(session), expires);
  const maxAge = Math.max(0, Math.floor((expires - now) / 1000));
  return { 'Set-Cookie': browserCookie(cookieNameFor(name, origin), token, maxAge, origin) };
}

/** The header that ends a session in the browser that has it. */
export const endedSession = (origin: string) => ({
  'Set-Cookie': browserCookie(cookieNameFor(name, origin), '', 0, origin),
});

const isSecure = (origin: string): boolean => origin.startsWith('https:');

/** Browsers take the prefix by https alone, and from no neighbour of ours (draft-ietf-httpbis-rfc6265bis 4.1.3.2). */
export const cookieNameFor = (base: string, origin: string): string => (isSecure(origin) ? `__Host-${base}` : base);

/** The value of Set-Cookie for what pages never see. @param maxAge seconds */
export const browserCookie = (cookieName: string, value: string, maxAge: number, origin: string): string =>
  `${cookieName}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${isSecure(origin) ? '; Secure' : ''}`;

/** Null without a session that holds now. @param origin what the page was loaded from */
export async function sessionOf(
  message: IncomingMessage,
  ports: FrontendPorts,
  origin: string,
): Promise<(SignedIn & { readonly session: PageSession }) | null> {
  const token = cookieNamed(message, cookieNameFor(name, origin));
  const text = token === null ? null : await ports.links.unseal(purpose, token, Date.now());
  if (text === null) return null;
  const { tenant: of, user, credentialVersion, ...session } = JSON.parse(text) as Sealed;
  const id = tenantId(of);
  const [tenant, principal] = await Promise.all([ports.tenants.tenant(id), ports.principals.principal(id, user)]);
  const holds = principal?.kind === 'user' && principal.credentialVersion === credentialVersion;
  return tenant === null || !holds ? null : { tenant, principal, session };
}

/** The value of a cookie; null where the browser has none of the name. */
export function cookieNamed({ headers }: IncomingMessage, cookieName: string): string | null {
  const found = (headers.cookie ?? '').split(/;\s*/).find((each) => each.startsWith(`${cookieName}=`));
  return found?.slice(cookieName.length + 1) || null;
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
