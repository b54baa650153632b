import { DavError } from '@almanac/dav-protocol';
import type { Outcome, PutMember } from '@almanac/contracts';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { memberCondition } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { demandSpace } from '../resources/quota.js';
import type { CollectionResource } from '../resources/resource.js';
import { entityTag } from '../resources/tags.js';
import { ownerOf, send } from '../send-command.js';
import { methodNotAllowed } from './allowed-methods.js';
import { targetIn } from './member-target.js';
import { readCalendarBody } from './read-calendar-body.js';

/** RFC 4918 9.7, RFC 4791 5.3.2 */
export const put: Method = async (context) => {
  const { request, limits } = context;
  const located = await locate(context, request.path);
  if (request.path.trailingSlash) return methodNotAllowed(located, 'A URL that ends in a slash names a collection.');
  const { folder, name, before } = await targetIn(context, located);
  const condition = await memberCondition(context, located);
  const body = await readCalendarBody(request, limits);
  await demandRoom(context, folder, growth(body.size, before));
  const command: PutMember = { type: 'PutMember', name, condition, ...body };
  const outcome = await send(context, ownerOf(folder.collection), command);
  return putResponse(context, outcome, body.text);
};

/** By how much a collection and its home grow; below 0 for what becomes free. */
export interface Growth {
  readonly members: number;
  readonly octets: number;
}

/** @param before octets of the member that gives way; null for none */
export const growth = (size: number, before: number | null): Growth => ({
  members: before === null ? 1 : 0,
  octets: size - (before ?? 0),
});

/** @throws DavError 507 when the quota or the number of members would be passed */
export async function demandRoom(
  context: RequestContext,
  { collection }: CollectionResource,
  { members, octets }: Growth,
): Promise<void> {
  if (members > 0 && collection.members >= context.limits.maxMembers) {
    throw new DavError(507, {
      detail: `A collection may have ${context.limits.maxMembers} members at most; use another, or delete some.`,
    });
  }
  await demandSpace(context, collection.home, octets);
}

/** An ETag only for exactly the octets that were sent (RFC 4791 5.3.4, P3). */
function putResponse({ request }: RequestContext, outcome: Outcome, text: string): DavResponse {
  const { created, altered, version, epoch = '' } = outcome;
  const headers: Record<string, string> = altered ? {} : { ETag: entityTag({ epoch }, version) };
  if (!request.prefer.representation || altered) return { status: created ? 201 : 204, headers };
  const applied = { 'Preference-Applied': 'return=representation', 'Content-Type': calendarType };
  return { status: created ? 201 : 200, headers: { ...headers, ...applied }, body: text };
}
