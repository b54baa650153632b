import { randomUUID } from 'node:crypto';
import { DavError, dav, forbidden } from '@almanac/dav-protocol';
import {
  type CalendarFault,
  type CalendarObject,
  type EditedObject,
  editObject,
  type EditScope,
  type EditTarget,
  isCalendarFault,
  newObject,
  removeInstances,
} from '@almanac/icalendar';
import { managedIdsOf } from '../attachments/known-attachments.js';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import { checkTags, memberEtag } from '../resources/conditions.js';
import type { MemberResource } from '../resources/resource.js';
import { json, readJson } from './api-request.js';
import { folderOfRequest } from './folder-of-request.js';
import { carryOut, type InnerRequest } from './inner-request.js';
import { ownersAlarms } from './owners-alarms.js';
import { instanceDetails } from './instance-details.js';
import { itemOf, memberOfRequest, type ReadMember } from './member-of-request.js';
import { detailsJson, memberJson, rightsOn } from './object-json.js';
import { readChanges } from './read-changes.js';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** One appointment or task with its details; of a series, those of one occurrence. */
export async function readObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const { member, object } = await memberOfRequest(context, path);
  const recurrenceId = context.request.query.get('recurrence-id');
  const answer = await detailsJson(context, member, itemOf(object, recurrenceId));
  return json(200, { ...answer, ...instanceDetails(object, recurrenceId) });
}

/** Of a page's own making: a UUID is (RFC 9562). */
const isId = (id: unknown): id is string => typeof id === 'string' && /^[\w-]{16,64}$/.test(id);

/** Makes an appointment or a task; one that says its id is made once, however often it is sent. */
export async function createObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const folder = await folderOfRequest(context, path);
  const body = await readJson(context);
  const { component, id: uid = randomUUID() } = body;
  if (component !== 'VEVENT' && component !== 'VTODO') {
    throw new DavError(400, { detail: 'component is VEVENT or VTODO.' });
  }
  if (!isId(uid)) throw new DavError(400, { detail: 'id is a UUID.' });
  const text = newObject({ component, uid, now: seconds() }, readChanges(body, context.principal));
  if (isCalendarFault(text)) throw new DavError(400, { detail: text.reason });
  const name = `${uid}.ics`;
  await carryOut(context, { method: 'PUT', folder, name, text });
  return json(201, await shownNow(context, [...path, name]));
}

/** Changes what the body names, of one occurrence, of it and the following ones, or of all; the ETag in If-Match must hold. */
export async function changeObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const found = await memberOfRequest(context, path);
  const changes = readChanges(await readJson(context), context.principal);
  const target = targetOf(context, found);
  const { reminders: _own, ...shared } = changes;
  return store(context, path, {
    ...{ found, edit: (object) => editObject({ ...target, object }, changes) },
    ownersEdit: (object) => editObject({ ...target, object }, shared),
  });
}

/** Deletes an appointment or a task, or occurrences of it. */
export async function deleteObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const found = await memberOfRequest(context, path);
  const target = targetOf(context, found);
  const edit = (object: CalendarObject) => removeInstances({ ...target, object });
  return store(context, path, { found, edit, ownersEdit: edit });
}

const scopes: readonly EditScope[] = ['this', 'future', 'all'];

function targetOf({ request: { query } }: RequestContext, { object }: ReadMember): EditTarget {
  const scope = scopes.find((each) => each === (query.get('scope') ?? 'all'));
  if (scope === undefined) throw new DavError(400, { detail: `scope is one of ${scopes.join(', ')}.` });
  return { object, recurrenceId: query.get('recurrence-id'), scope, now: seconds(), newUid: randomUUID() };
}

type Change = (object: CalendarObject) => EditedObject | CalendarFault;

interface Edit {
  readonly found: ReadMember;
  readonly edit: Change;
  /** The same without what the actor has for themselves. */
  readonly ownersEdit: Change;
}

async function store(context: RequestContext, path: readonly string[], asked: Edit): Promise<DavResponse> {
  const { member, object } = asked.found;
  demandUnmasked(member);
  const ifMatch = tagSeen(context, member);
  const { text, later } = demandEdited(asked.edit(object));
  const { folder } = member;
  const { name } = member.member;
  if (text === null) return carryOut(context, { method: 'DELETE', folder, name, ifMatch });
  // Whoever may add, but not change, would leave the later part beside a series that has not ended.
  if (later !== null && !rightsOn(member).editable) {
    throw forbidden(
      dav('need-privileges'),
      'Your rights on this shared calendar do not let you change this appointment.',
    );
  }
  const alarms = ownersAlarms(member, asked.ownersEdit);
  const added = later === null ? null : await putLater(context, member, { text: later, ownersAlarms: alarms.later });
  try {
    await carryOut(context, { method: 'PUT', folder, name, text, ifMatch, ownersAlarms: alarms.text });
  } catch (error) {
    // The series was not ended: its later part must not be there twice.
    if (added !== null) await carryOut(context, { method: 'DELETE', folder, name: added, ifMatch: '*' });
    throw error;
  }
  const made = added === null ? null : await shownNow(context, [...path.slice(0, 2), added]);
  return json(200, { ...(await shownNow(context, path)), later: made });
}

function demandEdited(edited: EditedObject | CalendarFault): EditedObject {
  if (!isCalendarFault(edited)) return edited;
  const { code, reason: detail } = edited;
  throw new DavError(400, code === 'unmovable-series' ? { code, detail } : { detail });
}

/**
 * The tag of what is there now, so that nothing else is written over.
 * @throws DavError 412 where the request's If-Match names something else, 428 without one: who does not know what they change
 * might undo what somebody else did
 */
function tagSeen(context: RequestContext, member: MemberResource): string {
  if (context.request.ifMatch === null) {
    throw new DavError(428, { detail: 'Send the ETag of what was shown in If-Match.' });
  }
  checkTags(context, member);
  return memberEtag(member);
}

/** The later part of a member keeps the attachments of the whole. */
async function putLater(
  context: RequestContext,
  { folder, stored }: MemberResource,
  content: Pick<InnerRequest, 'text' | 'ownersAlarms'>,
): Promise<string> {
  const name = `${randomUUID()}.ics`;
  await carryOut(context, { method: 'PUT', folder, name, ...content, mayKeep: managedIdsOf(stored) });
  return name;
}

const shownNow = async (context: RequestContext, path: readonly string[]) =>
  memberJson((await memberOfRequest(context, path)).member);
