import {
  deleteMovedSource,
  type MemberCondition,
  type MovedContent,
  type Outcome,
  type PutMember,
  takeBackMove,
} from '@almanac/contracts';
import { caldav, DavError, forbidden } from '@almanac/dav-protocol';
import { isCalendarFault, readCalendarObject } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { textOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { checkIf, checkTags, checkUnmodified } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import { memberLimits } from '../resources/quota.js';
import type { Located, MemberResource } from '../resources/resource.js';
import { commandHeader, execute, outcomeOf, ownerOf } from '../send-command.js';
import { type MemberTarget, targetIn } from './member-target.js';

/** RFC 4918 9.8 */
export const copy: Method = async (context) => {
  const { source, target, destination } = await sourceAndTarget(context);
  const recipient = ownerOf(target.folder.collection);
  const body = putCommand(context, { source, target, destination });
  const outcome = outcomeOf(await execute(context, { ...commandHeader(context, recipient), body }), recipient);
  return placed(outcome, destination);
};

/** RFC 4918 9.9; puts the target, then deletes the source if it is still what was copied (design 2). */
export const move: Method = async (context) => {
  const { source, target, destination } = await sourceAndTarget(context);
  const recipient = ownerOf(target.folder.collection);
  const header = commandHeader(context, recipient);
  const { collection, member } = source;
  const started = {
    source: { stream: collection.stream, owner: collection.owner, name: member.name, version: member.version },
    target: { name: target.name, owner: target.folder.collection.owner },
    replaced: destination.kind === 'member' ? contentOf(destination) : null,
  };
  const body = { ...putCommand(context, { source, target, destination }), move: started };
  const outcome = outcomeOf(await execute(context, { ...header, body }), recipient);
  const step = { header, version: outcome.version, move: started };
  const deleted = await execute(context, deleteMovedSource(step));
  // The process manager finishes what came too late here.
  if (deleted.kind === 'refused' && deleted.rejection.code === 'expired') outcomeOf(deleted, recipient);
  if (deleted.kind === 'refused') {
    await execute(context, takeBackMove(step));
    throw new DavError(412, { detail: 'The source changed while it was moved; nothing was moved. Try again.' });
  }
  return placed(outcome, destination);
};

interface Transfer {
  readonly source: MemberResource;
  readonly target: MemberTarget;
  readonly destination: Located;
}

/** @throws DavError for a source or destination that a member cannot come from or go to */
async function sourceAndTarget(context: RequestContext): Promise<Transfer> {
  const { request } = context;
  const source = mapped(await locate(context, request.path));
  if (source.kind !== 'member') {
    throw forbidden(
      caldav('calendar-collection-location-ok'),
      'Only calendar objects are copied and moved: the URL of a collection stays what it is.',
    );
  }
  checkTags(context, source);
  checkUnmodified(context, source);
  await checkIf(context, source);
  const destination = await locate(context, request.destination(context.tenant.hosts));
  if (destination.href === source.href) throw new DavError(403, { detail: 'Source and Destination are the same.' });
  const target = targetIn(destination);
  if (!request.overwrite && destination.kind === 'member') {
    throw new DavError(412, { detail: 'There is something at the Destination, and Overwrite: F keeps it.' });
  }
  return { source, target, destination };
}

/** What was looked at is what is replaced, and Overwrite: F meets nothing that came since. */
function conditionOn({ request }: RequestContext, destination: Located): MemberCondition {
  if (destination.kind === 'member') return { pinned: { version: destination.member.version } };
  return request.overwrite ? { pinned: { version: null } } : { ifNoneMatch: 'exists' };
}

function putCommand(context: RequestContext, { source, target, destination }: Transfer): PutMember {
  const condition = conditionOn(context, destination);
  return {
    type: 'PutMember',
    name: target.name,
    condition,
    limits: memberLimits(context.limits),
    ...contentOf(source),
  };
}

function contentOf({ member }: MemberResource): MovedContent {
  const text = textOf(member);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(`the stored member ${member.name} cannot be read: ${object.reason}`);
  return { text, size: member.size, facts: object.facts, properties: member.properties };
}

const placed = (outcome: Outcome, destination: Located): DavResponse => ({
  status: outcome.created ? 201 : 204,
  headers: outcome.created ? { Location: destination.href } : {},
});
