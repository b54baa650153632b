import type { PutMember } from '@almanac/contracts';
import { caldav, DavError, forbidden } from '@almanac/dav-protocol';
import {
  type AttachmentFault,
  isAttachmentFault,
  isCalendarFault,
  type ReadObject,
  readCalendarObject,
} from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import { memberCondition } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import { memberLimits } from '../resources/quota.js';
import { textOf } from '../resources/view.js';
import type { MemberResource } from '../resources/resource.js';
import { commandHeader, execute, outcomeOf, ownerOf } from '../send-command.js';

/** Makes the text of a member anew from what it is now. */
export type MemberChange = (read: ReadObject) => string | AttachmentFault;

/** So often others may be faster. */
const maxAttempts = 10;

/**
 * Changes the text of a member, on whatever it is by then: who changes it at the same time is not overwritten. The client's own
 * conditions count, too.
 * @throws DavError 412 when they do not hold; 403 when the change cannot be made
 */
export async function changeMember(context: RequestContext, resource: MemberResource, change: MemberChange) {
  const { ifMatch, if: conditions, ifUnmodifiedSince } = context.request;
  const isConditional = ifMatch !== null || conditions !== null || ifUnmodifiedSince !== null;
  let current = resource;
  for (let attempt = 1; ; attempt += 1) {
    const recipient = ownerOf(current.collection);
    const body = await putCommand(context, current, change);
    const result = await execute(context, { ...(await commandHeader(context, recipient)), body });
    const isOvertaken = result.kind === 'refused' && result.rejection.code === 'precondition-failed';
    if (!isOvertaken || isConditional || attempt === maxAttempts) return outcomeOf(result, recipient);
    current = await memberAgain(context);
  }
}

async function memberAgain(context: RequestContext): Promise<MemberResource> {
  const resource = mapped(await locate(context, context.request.path));
  if (resource.kind !== 'member') throw new DavError(404, { detail: 'The resource has gone meanwhile.' });
  return resource;
}

async function putCommand(context: RequestContext, resource: MemberResource, change: MemberChange): Promise<PutMember> {
  const { member } = resource;
  const condition = { ...(await memberCondition(context, resource)), pinned: { version: member.version } };
  const text = changedText(resource, change);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw forbidden(caldav(object.code), object.reason);
  const size = Buffer.byteLength(text);
  const { maxResourceSize } = context.limits;
  if (size > maxResourceSize) {
    throw forbidden(
      caldav('max-resource-size'),
      `With it the resource would have more than ${maxResourceSize} octets.`,
    );
  }
  const limits = memberLimits(context.limits);
  // An attachment that is added to all instances stands on the exceptions as well (RFC 8607 3.4).
  const without = ['A4'];
  return { type: 'PutMember', name: member.name, condition, limits, without, text, size, facts: object.facts };
}

/** @throws DavError 403 valid-rid or valid-managed-id */
export function changedText({ stored }: MemberResource, change: MemberChange): string {
  const text = textOf(stored);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw forbidden(caldav(object.code), object.reason);
  const changed = change({ object, text });
  if (isAttachmentFault(changed)) throw forbidden(caldav(changed.code), changed.reason);
  return changed;
}
