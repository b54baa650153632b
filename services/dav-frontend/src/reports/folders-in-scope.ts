import type { RequestContext } from '../request-context.js';
import { foldersIn } from '../resources/folders.js';
import type { CollectionResource, DavResource } from '../resources/resource.js';

/**
 * The calendar collections whose members a REPORT on this resource speaks of, by its Depth (RFC 4791 7.1). The RFC takes a
 * missing Depth for 0, which finds nothing in a collection; who leaves it out means the members.
 */
export async function foldersInScope(
  context: RequestContext,
  resource: DavResource,
): Promise<readonly CollectionResource[]> {
  const depth = context.request.depth(1);
  if (resource.kind === 'collection') return depth === 0 ? [] : [resource];
  if (resource.kind !== 'home' || depth !== 'infinity') return [];
  return foldersIn(context, resource);
}
