import { streamName, tenantId } from '@almanac/contracts';
import {
  DavError,
  dav,
  multistatusClose,
  multistatusOpen,
  parsePropfind,
  type PropertyRequest,
} from '@almanac/dav-protocol';
import { xmlResponse } from '../http/send-response.js';
import type { Method } from '../method.js';
import { describeMembers } from '../properties/describe-members.js';
import { describe } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource } from '../resources/folders.js';
import { locate, principalResource } from '../resources/locate.js';
import { principalsHref } from '../resources/hrefs.js';
import type { CollectionResource, DavResource, PrincipalsResource } from '../resources/resource.js';
import { mapped } from '../resources/mapped.js';

/** RFC 4918 9.1 */
export const propfind: Method = async (context) => {
  const request = parsePropfind(await context.request.xml());
  const resource = mapped(await locate(context, context.request.path));
  const depth = context.request.depth('infinity');
  if (depth === 'infinity' && resource.kind !== 'member') {
    throw new DavError(403, {
      precondition: dav('propfind-finite-depth'),
      detail: 'Ask with Depth: 0 or Depth: 1; the whole tree is never listed at once.',
    });
  }
  return xmlResponse(207, listing(context, resource, { request, children: depth === 1 }));
};

async function* listing(
  context: RequestContext,
  resource: DavResource,
  { request, children }: { request: PropertyRequest; children: boolean },
): AsyncGenerator<string> {
  const members = children && resource.kind === 'collection' ? listOf(context, resource) : [];
  // The first of the answer goes out when all that may fail has been asked for.
  const [described, listed] = await Promise.all([describe(context, resource, request), members]);
  yield multistatusOpen + described;
  if (resource.kind === 'collection') {
    yield* describeMembers(context, resource, listed, { properties: request });
  } else if (children) {
    for (const child of await childrenOf(context, resource)) yield await describe(context, child, request);
  }
  yield multistatusClose;
}

const listOf = ({ ports }: RequestContext, { collection }: CollectionResource) =>
  ports.members.list(streamName(collection.stream));

async function childrenOf(context: RequestContext, resource: DavResource): Promise<readonly DavResource[]> {
  const { principal } = context;
  switch (resource.kind) {
    case 'root':
      return [
        { kind: 'homes', href: '/calendars/', privileges: resource.privileges },
        { kind: 'principals', of: null, href: '/principals/', privileges: resource.privileges },
      ];
    case 'homes':
      return [await homeResource(context, principal.id)].filter((home) => home !== null);
    case 'home':
      return foldersIn(context, resource);
    case 'principals':
      return principalsIn(context, resource);
    default:
      return [];
  }
}

/** The actor and its groups; others are found by search, as a tenant may have 100,000. */
async function principalsIn(
  { ports, tenant, principal }: RequestContext,
  { of, privileges }: PrincipalsResource,
): Promise<readonly DavResource[]> {
  if (of === null) {
    return (['user', 'group', 'resource'] as const).map((kind) => ({
      kind: 'principals',
      of: kind,
      href: principalsHref(kind),
      privileges,
    }));
  }
  const known = [principal, ...(await ports.principals.groupsOf(tenantId(tenant.id), principal.id))];
  return known.filter(({ kind }) => kind === of).map(principalResource);
}
