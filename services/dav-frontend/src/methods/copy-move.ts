import {
  type CopiedFrom,
  deleteMovedSource,
  type MemberCondition,
  type MemberRecord,
  type MovedContent,
  type Outcome,
  type PutMember,
  takeBackMove,
} from '@almanac/contracts';
import { caldav, DavError, dav, forbidden } from '@almanac/dav-protocol';
import { isCalendarFault, readCalendarObject, repeatsAttachments, splitAlarms } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import type { RequestContext } from '../request-context.js';
import { checkIf, checkTags, checkUnmodified } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import { memberLimits } from '../resources/quota.js';
import type { Located, MemberResource } from '../resources/resource.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import { type ShownMember, textOf, withText } from '../resources/view.js';
import { commandHeader, execute, outcomeOf, ownerOf } from '../send-command.js';
import { contentForAll, setOwnAlarms } from './own-alarms.js';
import { type MemberTarget, targetIn } from './member-target.js';

/** RFC 4918 9.8 */
export const copy: Method = async (context) => {
  const transfer = await sourceAndTarget(context);
  const { target, destination } = transfer;
  const recipient = ownerOf(target.folder.collection);
  const body = putCommand(context, transfer);
  const header = await commandHeader(context, recipient);
  const outcome = outcomeOf(await execute(context, { ...header, body }), recipient);
  await takeAlarmsAlong(context, transfer);
  return placed(outcome, destination);
};

/** RFC 4918 9.9; puts the target, then deletes the source if it is still what was copied (design 2). */
export const move: Method = async (context) => {
  const transfer = await sourceAndTarget(context);
  const { source, target, destination } = transfer;
  demandRemovable(source);
  const recipient = ownerOf(target.folder.collection);
  const header = await commandHeader(context, recipient);
  const { collection, member } = source;
  const started = {
    source: { stream: collection.stream, owner: collection.owner, name: member.name, version: member.version },
    target: { name: target.name, owner: target.folder.collection.owner },
    replaced: destination.kind === 'member' ? replacedBy(destination.stored) : null,
  };
  const body = { ...putCommand(context, renaming(transfer)), ...makerOf(transfer), move: started };
  const outcome = outcomeOf(await execute(context, { ...header, body }), recipient);
  const step = { header, version: outcome.version, move: started };
  const deleted = await execute(context, deleteMovedSource(step));
  // The process manager finishes what came too late here.
  if (deleted.kind === 'refused' && deleted.rejection.code === 'expired') outcomeOf(deleted, recipient);
  if (deleted.kind === 'refused') {
    await execute(context, takeBackMove(step));
    throw new DavError(412, { detail: 'The source changed while it was moved; nothing was moved. Try again.' });
  }
  await takeAlarmsAlong(context, transfer);
  return placed(outcome, destination);
};

interface Transfer {
  readonly source: MemberResource;
  readonly target: MemberTarget;
  readonly destination: Located;
  /** The member whose owner's reminders the target has in the end; null for none. */
  readonly reminded: MemberRecord | null;
}

/** Within one home, a member that gets another name or folder keeps its owner's reminders, whoever moves it (R6). */
const renaming = (transfer: Transfer): Transfer =>
  transfer.source.collection.home === transfer.target.folder.collection.home
    ? { ...transfer, reminded: transfer.source.stored }
    : transfer;

/** What the target becomes again where the source has changed meanwhile, with its maker. */
const replacedBy = (stored: MemberRecord): MovedContent => ({ ...contentOf(stored), createdBy: stored.createdBy });

/** Nor has it another maker, whoever moves it (V4). */
const makerOf = ({ source, target }: Transfer): Pick<PutMember, 'createdBy'> =>
  source.collection.home === target.folder.collection.home ? { createdBy: source.stored.createdBy } : {};

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
  if (destination.kind === 'member') demandUnmasked(destination);
  return { source, target, destination, reminded: destination.kind === 'member' ? destination.stored : null };
}

/** What was looked at is what is replaced, and Overwrite: F meets nothing that came since. */
function conditionOn({ request }: RequestContext, destination: Located): MemberCondition {
  if (destination.kind === 'member') return { pinned: { version: destination.member.version } };
  return request.overwrite ? { pinned: { version: null } } : { ifNoneMatch: 'exists' };
}

function putCommand(context: RequestContext, transfer: Transfer): PutMember {
  const { target, destination } = transfer;
  const condition = conditionOn(context, destination);
  const limits = memberLimits(context.limits);
  const origin = originFor(transfer);
  return {
    ...{ type: 'PutMember', name: target.name, condition, limits },
    ...(origin === null ? {} : { origin }),
    ...transferred(transfer),
  };
}

/** What a profile had left out goes along within one home alone: it may be reminders of the owner (R6). */
function originFor({ source, target }: Transfer): CopiedFrom | null {
  const [from, to] = [source.collection, target.folder.collection];
  if (from.home !== to.home) return null;
  const sameRules = from.profile === to.profile && from.rulesOff.join() === to.rulesOff.join();
  return { stream: from.stream, name: source.stored.name, version: source.stored.version, sameRules };
}

/** What goes within one's own is what is stored; else what the actor sees of it, and own reminders stay their own (R6). */
function transferred({ source, target, reminded }: Transfer): MovedContent {
  const seen = seenOf(source);
  if (target.folder.right === 'owner') return contentOf(seen);
  return contentOf(withText(seen, contentForAll(target.folder, splitAlarms(textOf(seen)).content, reminded)));
}

/** In no client's form: that is another spelling for a program, and not what is stored (C7). */
const seenOf = ({ folder, stored }: MemberResource): ShownMember => folder.view.sight(stored);

async function takeAlarmsAlong(context: RequestContext, { source, target }: Transfer): Promise<void> {
  if (target.folder.right === 'owner') return;
  const { alarms } = splitAlarms(textOf(seenOf(source)));
  await setOwnAlarms(context, target.folder, { member: { name: target.name, uid: source.member.uid }, alarms });
}

/** @throws DavError 403 before anything is written, when the source cannot be taken away (S4) */
function demandRemovable(source: MemberResource): void {
  demandUnmasked(source);
  if (source.privileges.includes('{DAV:}unbind')) return;
  throw forbidden(
    dav('need-privileges'),
    'Your rights on this shared calendar do not let you take anything out of it.',
  );
}

function contentOf(member: MemberRecord): MovedContent {
  const text = textOf(member);
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) throw new Error(`the stored member ${member.name} cannot be read: ${object.reason}`);
  const rules = repeatsAttachments(text) ? { without: ['A4'] } : {};
  return { text, size: member.size, facts: object.facts, properties: member.properties, ...rules };
}

const placed = (outcome: Outcome, destination: Located): DavResponse => ({
  status: outcome.created ? 201 : 204,
  headers: outcome.created ? { Location: destination.href } : {},
});
