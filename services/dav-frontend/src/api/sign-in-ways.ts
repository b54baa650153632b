import type { IncomingMessage } from 'node:http';
import type { FrontendPorts } from '../frontend-ports.js';
import type { DavResponse } from '../http/dav-request.js';
import { hostOf, withoutPort } from '../http/read-request.js';
import { json } from './api-request.js';

const path = '/api/v1/sign-in-ways';

/** How people of the tenant that the host name belongs to can sign in; null for other requests. */
export async function signInWays(message: IncomingMessage, { tenants }: FrontendPorts): Promise<DavResponse | null> {
  if (message.url !== path || message.method !== 'GET') return null;
  const tenant = await tenants.tenantByHost(withoutPort(hostOf(message)));
  const oidc = tenant?.oidc ?? null;
  return json(200, { password: true, oidc: oidc === null ? null : { name: oidc.name } });
}
