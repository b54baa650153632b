import type { Outcome, PutMember } from '@almanac/contracts';
import { InlineUploads } from '../attachments/inline-uploads.js';
import { withAttachments } from '../attachments/put-attachments.js';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { memberCondition } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { demandRoom, growth } from '../resources/quota.js';
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
  const { folder, name, before } = targetIn(located);
  const condition = await memberCondition(context, located);
  const inline = new InlineUploads(context, folder.collection.home);
  const body = await readCalendarBody({ ...request, octets: (limit: number) => inline.separate(limit) }, limits);
  await demandRoom(context, folder, growth(body.size, before));
  const outcome = await withAttachments(context, { located, folder, name, body, inline }, (content) => {
    const command: PutMember = { type: 'PutMember', name, condition, ...content };
    return send(context, ownerOf(folder.collection), command);
  });
  return putResponse(context, outcome, body.text);
};

/** An ETag only for exactly the octets that were sent (RFC 4791 5.3.4, P3). */
function putResponse({ request }: RequestContext, outcome: Outcome, text: string): DavResponse {
  const { created, altered, version, epoch = '' } = outcome;
  const headers: Record<string, string> = altered ? {} : { ETag: entityTag({ epoch }, version) };
  if (!request.prefer.representation || altered) return { status: created ? 201 : 204, headers };
  const applied = { 'Preference-Applied': 'return=representation', 'Content-Type': calendarType };
  return { status: created ? 201 : 200, headers: { ...headers, ...applied }, body: text };
}
