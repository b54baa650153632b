import { type PrincipalRecord, profileOf, type TenantRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { sessionCookie } from '../http/session.js';
import type { RequestContext } from '../request-context.js';
import { homeHref, principalHref } from '../resources/hrefs.js';
import { davOrigin } from './dav-origin.js';
import { json } from './api-request.js';

/** Who begins a session here has none yet, so `http/sign-in.ts` answers POST and DELETE. */
export const sessionPath = '/api/v1/session';

interface Account {
  readonly tenant: TenantRecord;
  readonly principal: PrincipalRecord;
  readonly origin: string;
}

/** Who is signed in, and what the page has to know to tell them about their account. */
export function sessionJson({ tenant, principal, origin }: Account) {
  const { id, login, name, addresses } = principal;
  const server = davOrigin(tenant, origin);
  return {
    ...{ id, login: login ?? id, name, addresses, profile: profileOf(tenant, principal).profile },
    server,
    principal: server + principalHref(principal),
    home: homeHref(id),
  };
}

/** The session of the request, for as long again. */
export async function readSession(context: RequestContext): Promise<DavResponse> {
  const { tenant, principal, request } = context;
  const answer = json(200, sessionJson({ tenant, principal, origin: request.origin }));
  return context.bySession ? { ...answer, headers: { ...answer.headers, ...(await continued(context)) } } : answer;
}

/** Goes with what changes the credentials: the page stays signed in. */
export const continued = ({ ports, tenant, principal, request }: RequestContext) =>
  sessionCookie(ports, { tenant, principal }, request.origin);

/** @throws DavError 403: a device, with its app password, does not make others */
export function demandSession({ bySession }: RequestContext): void {
  if (!bySession) throw new DavError(403, { detail: 'Sign in to the web interface for this.' });
}
