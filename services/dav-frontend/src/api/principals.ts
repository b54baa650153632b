import { tenantId } from '@almanac/contracts';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { json } from './api-request.js';

/** More of them nobody reads. */
const most = 20;

/** People and groups whom a folder can be shared with, by a part of the name or the address. */
export async function searchPrincipals({ ports, tenant, principal, request }: RequestContext): Promise<DavResponse> {
  const wanted = (request.query.get('search') ?? '').trim().toLowerCase();
  if (wanted === '') return json(200, { principals: [] });
  const all = await ports.principals.principals(tenantId(tenant.id));
  const found = all
    .filter(({ id, kind }) => kind !== 'resource' && id !== principal.id)
    .filter(({ id, name, addresses }) => [id, name, ...addresses].some((text) => text.toLowerCase().includes(wanted)))
    .slice(0, most)
    .map(({ id, kind, name, addresses }) => ({ id, kind, name, address: addresses[0] ?? null }));
  return json(200, { principals: found });
}
