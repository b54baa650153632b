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
  const named = 'owner' in resource ? [principalResource(resource.owner)] : [];
  let answer = '';
  for (const principal of named) answer += await describe(context, principal, properties);
  return xmlResponse(207, multistatusOpen + answer + multistatusClose);
}
