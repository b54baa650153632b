import { type PrincipalRecord, tenantId } from '@almanac/contracts';
import { type AclPrincipalPropSet, multistatusClose, multistatusOpen } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { describe } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { principalResource } from '../resources/locate.js';
import type { DavResource } from '../resources/resource.js';

/** RFC 3744 9.2: the principals that the resource's DAV:acl names by URL. */
export async function aclPrincipalPropSet(
  context: RequestContext,
  resource: DavResource,
  { properties }: AclPrincipalPropSet,
): Promise<DavResponse> {
  const named = [...('owner' in resource ? [resource.owner] : []), ...(await sharees(context, resource))];
  let answer = '';
  for (const principal of named) answer += await describe(context, principalResource(principal), properties);
  return xmlResponse(207, multistatusOpen + answer + multistatusClose);
}

/** As far as the actor may read the rights of others. */
async function sharees({ ports, tenant }: RequestContext, resource: DavResource): Promise<readonly PrincipalRecord[]> {
  if (resource.kind !== 'collection' || !resource.privileges.includes('{DAV:}read-acl')) return [];
  const found = resource.collection.shares.map(({ id }) => ports.principals.principal(tenantId(tenant.id), id));
  return (await Promise.all(found)).filter((principal) => principal !== null);
}
