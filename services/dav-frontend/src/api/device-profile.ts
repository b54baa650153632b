import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DavError } from '@almanac/dav-protocol';
import type { FrontendPorts } from '../frontend-ports.js';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { principalHref } from '../resources/hrefs.js';
import { json, readJson } from './api-request.js';
import { addAppPassword } from './app-passwords.js';
import { davOrigin } from './dav-origin.js';
import { type AppleAccount, mobileconfig } from './mobileconfig.js';
import { demandSession } from './session.js';

const purpose = 'device profile';
/** Milliseconds for which the link works: long enough to take up the phone. */
const lifetime = 10 * 60_000;
const prefix = '/api/v1/device-profiles/';
const defaultLabel = 'Apple';
const ending = '.mobileconfig';

/**
 * A link to a profile with a password of its own (C2). It works without a session, since the phone has none; what it
 * holds is sealed within it, so that nothing is kept and following it twice makes nothing twice.
 */
export async function createDeviceProfile(context: RequestContext): Promise<DavResponse> {
  demandSession(context);
  const { label = defaultLabel, password: own } = await readJson(context);
  const { ports, tenant, principal, request } = context;
  const { password, key } = await addAppPassword(context, { label, password: own });
  const account: AppleAccount = {
    ...{ id: randomUUID(), server: davOrigin(tenant, request.origin), principal: principalHref(principal) },
    ...{ user: principal.login ?? principal.id, name: principal.name, password },
  };
  const expires = Date.now() + lifetime;
  const token = await ports.links.seal(purpose, JSON.stringify(account), expires);
  const url = `${request.origin}${prefix}${token}${ending}`;
  return json(201, { url, key, expires: new Date(expires).toISOString() });
}

/** The profile that a link leads to; null for other requests. @throws DavError 404 for a link that has expired */
export async function deviceProfile(message: IncomingMessage, { links }: FrontendPorts): Promise<DavResponse | null> {
  const { url = '', method } = message;
  if (!url.startsWith(prefix) || method !== 'GET') return null;
  const token = url.slice(prefix.length).replace(ending, '');
  const account = await links.unseal(purpose, token, Date.now());
  if (account === null) throw new DavError(404, { detail: 'This link has expired; ask for a new one.' });
  const headers = {
    'Content-Type': 'application/x-apple-aspen-config',
    'Content-Disposition': `attachment; filename="almanac${ending}"`,
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
  return { status: 200, headers, body: mobileconfig(JSON.parse(account) as AppleAccount) };
}
