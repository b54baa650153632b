import { tenantId } from '@almanac/contracts';
import { multistatusClose, multistatusOpen, type PrincipalMatch } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { describe } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource } from '../resources/folders.js';
import { principalResource } from '../resources/locate.js';
import type { DavResource } from '../resources/resource.js';

/** RFC 3744 9.3: the actor's own principal and its groups, or what in this collection names it in a property. */
export async function principalMatch(
  context: RequestContext,
  resource: DavResource,
  request: PrincipalMatch,
): Promise<DavResponse> {
  const found = request.self ? await selfBelow(context, resource) : await ownedBelow(context, resource, request);
  let answer = '';
  for (const match of found) answer += await describe(context, match, request.properties);
  return xmlResponse(207, multistatusOpen + answer + multistatusClose);
}

async function selfBelow(
  { ports, tenant, principal }: RequestContext,
  resource: DavResource,
): Promise<readonly DavResource[]> {
  if (resource.kind !== 'root' && resource.kind !== 'principals' && resource.kind !== 'principal') return [];
  const groups = await ports.principals.groupsOf(tenantId(tenant.id), principal.id);
  return [principal, ...groups].map(principalResource).filter(({ href }) => href.startsWith(resource.href));
}

/** The only property that names a principal here is DAV:owner. */
async function ownedBelow(
  context: RequestContext,
  resource: DavResource,
  { principalProperty }: PrincipalMatch,
): Promise<readonly DavResource[]> {
  if (principalProperty !== '{DAV:}owner' || (resource.kind !== 'home' && resource.kind !== 'homes')) return [];
  const home = await homeResource(context, context.principal.id);
  if (home === null) return [];
  const folders = await foldersIn(context, home);
  return folders.filter(({ right }) => right === 'owner');
}
