import type { IncomingMessage } from 'node:http';
import type { OidcSettings, PrincipalRecord, TenantRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import {
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import type { FrontendPorts } from '../frontend-ports.js';
import type { Gatekeeper } from '../http/authenticate.js';
import { clientAddress } from '../http/client-address.js';
import type { DavResponse } from '../http/dav-request.js';
import { hostOf, originOf, withoutPort } from '../http/read-request.js';
import { longest, type PageSession, sessionCookie } from '../http/session.js';
import { askedAnew, isToAskAnew } from './ask-anew.js';
import { attemptCookie, attemptIn, endedAttempt } from './attempt-cookie.js';
import type { Providers } from './providers.js';
import { type Claims, userOfClaims } from './user-of-claims.js';

const beginning = '/oidc/sign-in';
const callback = '/oidc/callback';
const failed = '/?sign-in=failed';

interface Frontend {
  readonly ports: FrontendPorts;
  readonly gate: Gatekeeper;
  readonly providers: Providers;
}

interface Visit extends Frontend {
  readonly message: IncomingMessage;
  readonly tenant: TenantRecord & { readonly oidc: OidcSettings };
  /** Where the browser is: scheme and the host name that it asked for, which has chosen the tenant. */
  readonly origin: string;
}

/**
 * Signs people in with their tenant's provider (OpenID Connect Core 1.0, 3.1: code flow, with PKCE); null for other requests.
 * Whatever goes wrong, the browser comes back to the page, and the log says why.
 * @throws DavError 404 where the host's tenant has none
 */
export async function signInElsewhere(message: IncomingMessage, frontend: Frontend): Promise<DavResponse | null> {
  const path = message.url?.split('?', 1)[0];
  if (message.method !== 'GET' || (path !== beginning && path !== callback)) return null;
  const host = hostOf(message);
  const tenant = await frontend.ports.tenants.tenantByHost(withoutPort(host));
  const oidc = tenant?.oidc ?? null;
  if (tenant === null || oidc === null) throw new DavError(404, { detail: 'People sign in with a password here.' });
  const isSecure = originOf(message, frontend.gate).startsWith('https:');
  const origin = `${isSecure ? 'https' : 'http'}://${host}`;
  const visit = { ...frontend, message, tenant: { ...tenant, oidc }, origin };
  return path === beginning ? begin(visit) : end(visit);
}

async function begin(visit: Visit): Promise<DavResponse> {
  const { ports, providers, tenant, origin } = visit;
  const attempt = {
    ...{ tenant: tenant.id, state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier() },
  };
  try {
    const url = buildAuthorizationUrl(await providers.of(tenant.oidc), {
      redirect_uri: origin + callback,
      scope: 'openid email profile',
      state: attempt.state,
      nonce: attempt.nonce,
      code_challenge: await calculatePKCECodeChallenge(attempt.verifier),
      code_challenge_method: 'S256',
      ...ageWanted(visit),
    });
    return redirect(url.href, [await attemptCookie(ports.links, attempt, origin)]);
  } catch (error) {
    return failure(visit, error);
  }
}

/** Whoever is asked for an age has to say `auth_time` (OpenID Connect Core 1.0, 3.1.2.1). */
const ageWanted = ({ message, origin }: Visit): Record<string, string> =>
  isToAskAnew(message, origin) ? { prompt: 'login', max_age: '0' } : { max_age: String(longest / 1000) };

async function end(visit: Visit): Promise<DavResponse> {
  const { ports, gate, message, tenant, origin } = visit;
  let user: PrincipalRecord | null = null;
  let shown: Pick<PageSession, 'shown'> = {};
  let fault: unknown = 'none of our users';
  const key = { of: 'address', name: clientAddress(message, gate) } as const;
  const right = await gate.failures.attempt([key], async () => {
    try {
      const claims = await claimsOf(visit);
      shown = shownBy(claims);
      user = await userOfClaims(ports.principals, tenant, claims);
    } catch (error) {
      fault = error;
    }
    return user !== null;
  });
  if (!right || user === null) return failure(visit, fault);
  const session = { begun: Date.now(), way: 'oidc', ...shown, origin } as const;
  const { 'Set-Cookie': cookie } = await sessionCookie(ports, { tenant, principal: user }, session);
  return redirect('/', [cookie, endedAttempt(origin), ...(isToAskAnew(message, origin) ? [askedAnew(origin)] : [])]);
}

const shownBy = ({ auth_time: seconds }: Claims): Pick<PageSession, 'shown'> =>
  typeof seconds === 'number' ? { shown: Math.min(seconds * 1000, Date.now()) } : {};

/** @throws what is wrong with the answer, or keeps the provider from confirming it */
async function claimsOf({ ports, providers, message, tenant, origin }: Visit): Promise<Claims> {
  const attempt = await attemptIn(message, ports.links, origin);
  if (attempt === null || attempt.tenant !== tenant.id) throw new Error('this browser was not sent to the provider');
  const provider = await providers.of(tenant.oidc);
  const tokens = await authorizationCodeGrant(provider, new URL(`${origin}${message.url ?? ''}`), {
    ...{ pkceCodeVerifier: attempt.verifier, expectedState: attempt.state, expectedNonce: attempt.nonce },
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new Error('the provider sent no ID token');
  const wanted = tenant.oidc.loginClaim ?? 'email';
  if (claims[wanted] !== undefined || provider.serverMetadata().userinfo_endpoint === undefined) return claims;
  return { ...claims, ...(await fetchUserInfo(provider, tokens.access_token, claims.sub)) };
}

function failure({ tenant, origin }: Visit, error: unknown): DavResponse {
  const reason = error instanceof Error ? error.message : String(error);
  log('warn', 'a sign-in with a provider failed', { tenant: tenant.id, issuer: tenant.oidc.issuer, reason });
  return redirect(failed, [endedAttempt(origin)]);
}

const redirect = (url: string, cookies: readonly string[]): DavResponse => ({
  status: 302,
  headers: {
    Location: url,
    'Set-Cookie': cookies,
    'Cache-Control': 'private, no-store',
    'Referrer-Policy': 'no-referrer',
  },
});
