import type { Outcome, PutMember } from '@almanac/contracts';
import { InlineUploads } from '../attachments/inline-uploads.js';
import { withAttachments } from '../attachments/put-attachments.js';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { isEvaluatedHere, memberCondition } from '../resources/conditions.js';
import { locate, locatePlace } from '../resources/locate.js';
import { memberLimits } from '../resources/quota.js';
import type { CollectionResource, Located } from '../resources/resource.js';
import { entityTag } from '../resources/tags.js';
import { ownerOf, send } from '../send-command.js';
import { methodNotAllowed } from './allowed-methods.js';
import { type MemberTarget, targetIn } from './member-target.js';
import { putAltered } from './put-altered.js';
import { type CalendarBody, readCalendarBody } from './read-calendar-body.js';

/** RFC 4918 9.7, RFC 4791 5.3.2 */
export const put: Method = async (context) => {
  const { request, limits } = context;
  const located = await locateTarget(context);
  if (request.path.trailingSlash) return methodNotAllowed(located, 'A URL that ends in a slash names a collection.');
  const { folder, name } = targetIn(located);
  const condition = isAltered(folder) ? null : await memberCondition(context, located);
  const inline = new InlineUploads(context, folder);
  const body = await readCalendarBody({ ...request, octets: (limit: number) => inline.separate(limit) }, limits);
  return withAttachments(context, { folder, name, body, inline }, (content) =>
    condition === null
      ? putAltered(context, body, content)
      : putAsSent(context, { folder, name, body }, { type: 'PutMember', name, condition, ...content }),
  );
};

async function putAsSent(context: RequestContext, put: Put, command: PutMember): Promise<DavResponse> {
  const limits = memberLimits(context.limits);
  const outcome = await send(context, ownerOf(put.folder.collection), { ...command, ...context.restored, limits });
  return putResponse(context, outcome, put);
}

/** What this viewer, or this client, puts is not stored as it comes: reminders of one's own (R6), attachments (A3). */
const isAltered = ({ right, forms }: CollectionResource): boolean =>
  right !== 'owner' || forms.some(({ read }) => read !== undefined);

/** What is there now matters to the owner alone, unless the request has a condition that is evaluated here. */
const locateTarget = (context: RequestContext): Promise<Located> =>
  isEvaluatedHere(context.request) ? locate(context, context.request.path) : locatePlace(context, context.request.path);

interface Put extends MemberTarget {
  readonly body: Pick<CalendarBody, 'text'>;
}

/** An ETag only for exactly the octets that were sent (RFC 4791 5.3.4, P3). */
function putResponse({ request }: RequestContext, outcome: Outcome, { folder, name, body }: Put): DavResponse {
  const { created, version, epoch = '' } = outcome;
  const same = !outcome.altered && folder.forms.every(({ show }) => show(body.text) === body.text);
  const headers: Record<string, string> = same ? { ETag: entityTag({ epoch }, version, folder.view.tagOf(name)) } : {};
  if (!request.prefer.representation || !same) return { status: created ? 201 : 204, headers };
  const applied = { 'Preference-Applied': 'return=representation', 'Content-Type': calendarType };
  return { status: created ? 201 : 200, headers: { ...headers, ...applied }, body: body.text };
}
