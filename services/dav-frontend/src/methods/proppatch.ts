import { type CommandBody, homeStream, type PropertyChanges, principalId, tenantId } from '@almanac/contracts';
import {
  badRequest,
  multistatusClose,
  multistatusOpen,
  parsePropertyupdate,
  propstatResponse,
} from '@almanac/dav-protocol';
import { xmlResponse } from '../http/send-response.js';
import type { Method } from '../method.js';
import { demandRoomForProperties, failedGroups, namesOf, propertyChanges } from '../properties/property-changes.js';
import { ownProperties } from '../properties/read-properties.js';
import type { RequestContext } from '../request-context.js';
import { checkIf, checkTags, checkUnmodified } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import { overlayStreamOf } from '../resources/folders.js';
import type { CollectionResource, DavResource } from '../resources/resource.js';
import { ownerOf, type Recipient, send } from '../send-command.js';
import { demandPlaceInTree } from '../properties/demand-place-in-tree.js';

/** RFC 4918 9.2: all of it or nothing. */
export const proppatch: Method = async (context) => {
  const body = await context.request.xml();
  if (body === null) throw badRequest('PROPPATCH needs a DAV:propertyupdate body.');
  const instructions = parsePropertyupdate(body);
  const resource = mapped(await locate(context, context.request.path));
  const pinned = await pinnedVersion(context, resource);
  const { changes, faults } = propertyChanges(instructions, resource.kind);
  if (faults.size > 0) return multistatus(resource, failedGroups(instructions, faults));
  await demandPlaceInTree(context, resource, changes);
  demandRoomForProperties(ownProperties(resource), changes);
  const change = changeOf(context, resource, { ...changes, ...pinned });
  if (change !== null && instructions.length > 0) await send(context, change.recipient, change.command);
  return multistatus(resource, [{ status: 200, properties: namesOf(instructions) }]);
};

interface Pinned {
  /** The version that the client's conditions were found true of; left out when it gave none. */
  readonly pinned?: number;
}

/** @throws DavError 412 when a condition does not hold (RFC 9110 13, RFC 4918 10.4) */
async function pinnedVersion(context: RequestContext, resource: DavResource): Promise<Pinned> {
  const conditional = [
    checkTags(context, resource),
    checkUnmodified(context, resource),
    await checkIf(context, resource),
  ].includes(true);
  if (!conditional) return {};
  if (resource.kind === 'member') return { pinned: resource.member.version };
  return resource.kind === 'collection' ? { pinned: resource.collection.version } : {};
}

const multistatus = ({ href }: DavResource, groups: Parameters<typeof propstatResponse>[1]) =>
  xmlResponse(207, multistatusOpen + propstatResponse(href, groups) + multistatusClose);

/** What somebody sets on a calendar of others is theirs alone (S3). */
const overlayChange = (
  context: RequestContext,
  { collection }: CollectionResource,
  { set, removed }: PropertyChanges,
) => ({
  recipient: { service: 'calendar', stream: overlayStreamOf(context, collection) } as const,
  command: { type: 'ChangeOverlayProperties', set, removed } as const,
});

/** Null for resources that keep nothing; every instruction for them is a fault already. */
function changeOf(
  context: RequestContext,
  resource: DavResource,
  changes: PropertyChanges & Pinned,
): { readonly recipient: Recipient; readonly command: CommandBody } | null {
  switch (resource.kind) {
    case 'home': {
      const stream = homeStream(tenantId(context.tenant.id), principalId(resource.owner.id));
      return { recipient: { service: 'calendar', stream }, command: { type: 'ChangeHomeProperties', ...changes } };
    }
    case 'collection':
      if (resource.right !== 'owner') return overlayChange(context, resource, changes);
      return {
        recipient: ownerOf(resource.collection),
        command: { type: 'ChangeCollectionProperties', ...changes },
      };
    case 'member':
      demandUnmasked(resource);
      return {
        recipient: ownerOf(resource.collection),
        command: { type: 'ChangeMemberProperties', name: resource.member.name, ...changes },
      };
    default:
      return null;
  }
}
