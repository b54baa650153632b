import { directoryStream, type PrincipalRecord, profileOf, type TenantRecord, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { endedSession, type PageSession, sessionCookie } from '../http/session.js';
import type { RequestContext } from '../request-context.js';
import { homeHref, principalHref } from '../resources/hrefs.js';
import { type Recipient, send } from '../send-command.js';
import { davOrigin } from './dav-origin.js';
import { json } from './api-request.js';

/** Who begins a session here has none yet, so `http/sign-in.ts` answers POST and DELETE. */
export const sessionPath = '/api/v1/session';

interface Account {
  readonly tenant: TenantRecord;
  readonly principal: PrincipalRecord;
  readonly origin: string;
  readonly session: PageSession | null;
}

/** Who is signed in, and what the page has to know to tell them about their account. */
export function sessionJson({ tenant, principal, origin, session }: Account) {
  const { id, login, name, addresses } = principal;
  const server = davOrigin(tenant, origin);
  return {
    ...{ id, login: login ?? id, name, addresses, profile: profileOf(tenant, principal).profile },
    server,
    principal: server + principalHref(principal),
    home: homeHref(id),
    passwordNeeded: session?.way !== 'oidc',
  };
}

/** The session of the request, for as long again. */
export async function readSession(context: RequestContext): Promise<DavResponse> {
  const { tenant, principal, request, session } = context;
  const answer = json(200, sessionJson({ tenant, principal, origin: request.origin, session }));
  return { ...answer, headers: { ...answer.headers, ...(await continued(context)) } };
}

/** Ends all sessions of the actor, wherever they are, this one with them. Devices stay signed in by their own passwords. */
export async function endSessions(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const { principal, request } = context;
  await send(context, directoryOf(context), { type: 'EndSessions', id: principal.id });
  return { status: 204, headers: endedSession(request.origin) };
}

export const directoryOf = ({ tenant }: RequestContext): Recipient => ({
  service: 'directory',
  stream: directoryStream(tenantId(tenant.id)),
});

/** Goes with what changes the credentials: the page stays signed in. */
export async function continued({ ports, tenant, principal, request, session }: RequestContext) {
  if (session === null) return {};
  return sessionCookie(ports, { tenant, principal }, { ...session, origin: request.origin });
}

/** @throws DavError 403: a device, with its app password, does not make others */
export function demandSession({ session }: RequestContext): void {
  if (session === null) throw new DavError(403, { detail: 'Sign in to the web interface for this.' });
}
