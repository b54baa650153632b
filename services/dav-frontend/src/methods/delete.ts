import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import type { RequestContext } from '../request-context.js';
import { badRequest, dav, forbidden } from '@almanac/dav-protocol';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import { checkIf, checkTags, memberCondition } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import type { CollectionResource } from '../resources/resource.js';
import { ownerOf, send } from '../send-command.js';

/** RFC 4918 9.6 */
export const deleteResource: Method = async (context) => {
  const resource = mapped(await locate(context, context.request.path));
  if (resource.kind === 'collection') return deleteCollection(context, resource);
  if (resource.kind !== 'member') {
    throw forbidden(dav('need-privileges'), 'This resource comes and goes with its user; it cannot be deleted here.');
  }
  const condition = await memberCondition(context, resource);
  demandUnmasked(resource);
  await send(context, ownerOf(resource.collection), { type: 'DeleteMember', name: resource.member.name, condition });
  return { status: 204 };
};

async function deleteCollection(context: RequestContext, resource: CollectionResource): Promise<DavResponse> {
  if (context.request.depth('infinity') !== 'infinity') {
    throw badRequest('A collection is deleted with all that is in it: send Depth: infinity or no Depth header.');
  }
  const tagged = checkTags(context, resource);
  const conditional = (await checkIf(context, resource)) || tagged;
  const pinned = conditional ? { pinned: resource.collection.version } : {};
  await send(context, ownerOf(resource.collection), { type: 'DeleteCollection', ...pinned });
  return { status: 204 };
}
