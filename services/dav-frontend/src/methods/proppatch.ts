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
import { failedGroups, namesOf, propertyChanges } from '../properties/property-changes.js';
import type { RequestContext } from '../request-context.js';
import { checkIf } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import type { DavResource } from '../resources/resource.js';
import { ownerOf, type Recipient, send } from '../send-command.js';

/** RFC 4918 9.2: all of it or nothing. */
export const proppatch: Method = async (context) => {
  const body = await context.request.xml();
  if (body === null) throw badRequest('PROPPATCH needs a DAV:propertyupdate body.');
  const instructions = parsePropertyupdate(body);
  const resource = mapped(await locate(context, context.request.path));
  await checkIf(context, resource);
  const { changes, faults } = propertyChanges(instructions, resource.kind);
  if (faults.size > 0) return multistatus(resource, failedGroups(instructions, faults));
  const change = changeOf(context, resource, changes);
  if (change !== null && instructions.length > 0) await send(context, change.recipient, change.command);
  return multistatus(resource, [{ status: 200, properties: namesOf(instructions) }]);
};

const multistatus = ({ href }: DavResource, groups: Parameters<typeof propstatResponse>[1]) =>
  xmlResponse(207, multistatusOpen + propstatResponse(href, groups) + multistatusClose);

/** Null for resources that keep nothing; every instruction for them is a fault already. */
function changeOf(
  { tenant }: RequestContext,
  resource: DavResource,
  changes: PropertyChanges,
): { readonly recipient: Recipient; readonly command: CommandBody } | null {
  switch (resource.kind) {
    case 'home': {
      const stream = homeStream(tenantId(tenant.id), principalId(resource.owner.id));
      return { recipient: { service: 'calendar', stream }, command: { type: 'ChangeHomeProperties', ...changes } };
    }
    case 'collection':
      return {
        recipient: ownerOf(resource.collection),
        command: { type: 'ChangeCollectionProperties', ...changes },
      };
    case 'member':
      return {
        recipient: ownerOf(resource.collection),
        command: { type: 'ChangeMemberProperties', name: resource.member.name, ...changes },
      };
    default:
      return null;
  }
}
