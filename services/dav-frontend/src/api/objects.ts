import { randomUUID } from 'node:crypto';
import { DavError } from '@almanac/dav-protocol';
import {
  type CalendarObject,
  detailsOf,
  type EditedObject,
  editObject,
  type EditScope,
  type EditTarget,
  isCalendarFault,
  newObject,
  readCalendarObject,
  removeInstances,
} from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { demandUnmasked } from '../resources/demand-unmasked.js';
import type { CollectionResource } from '../resources/resource.js';
import { json, readJson } from './api-request.js';
import { folderOfRequest } from './folder-of-request.js';
import { carryOut } from './inner-request.js';
import { itemOf, memberOfRequest, type ReadMember } from './member-of-request.js';
import { detailsJson, memberJson } from './object-json.js';
import { readChanges } from './read-changes.js';

const seconds = (): number => Math.floor(Date.now() / 1000);

/** One appointment or task with its details; of a series, those of one occurrence. */
export async function readObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const { member, object } = await memberOfRequest(context, path);
  const recurrenceId = context.request.query.get('recurrence-id');
  const series = object.series.master ?? object.series.overrides[0];
  const answer = detailsJson(member, itemOf(object, recurrenceId));
  const rule = series === undefined ? null : detailsOf(series).rule;
  const instance = recurrenceId === null ? {} : timesOf(object, recurrenceId);
  return json(200, { ...answer, ...instance, recurrenceId, rule });
}

/** An occurrence that has no component of its own begins elsewhere than the series. */
function timesOf(object: CalendarObject, recurrenceId: string) {
  const own = editObject({ object, recurrenceId, scope: 'this', now: seconds(), newUid: '' }, {});
  const alone = isCalendarFault(own) || own.text === null ? null : readCalendarObject(own.text);
  if (alone === null || isCalendarFault(alone)) {
    throw new DavError(404, { detail: 'This occurrence is not there any more.' });
  }
  const { start, end } = detailsOf(itemOf(alone, recurrenceId));
  return { start, end };
}

/** Makes an appointment or a task. */
export async function createObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const folder = await folderOfRequest(context, path);
  const body = await readJson(context);
  const { component } = body;
  if (component !== 'VEVENT' && component !== 'VTODO') {
    throw new DavError(400, { detail: 'component is VEVENT or VTODO.' });
  }
  const uid = randomUUID();
  const text = newObject({ component, uid, now: seconds() }, readChanges(body));
  if (isCalendarFault(text)) throw new DavError(400, { detail: text.reason });
  const name = `${uid}.ics`;
  await carryOut(context, { method: 'PUT', folder, name, text });
  return json(201, await shownNow(context, [...path, name]));
}

/** Changes what the body names, of one occurrence, of it and the following ones, or of all; the ETag in If-Match must hold. */
export async function changeObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const found = await memberOfRequest(context, path);
  const changes = readChanges(await readJson(context));
  demandUnmasked(found.member);
  const edited = editObject(targetOf(context, found), changes);
  if (isCalendarFault(edited)) throw new DavError(400, { detail: edited.reason });
  return store(context, path, found, edited);
}

/** Deletes an appointment or a task, or occurrences of it. */
export async function deleteObject(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const found = await memberOfRequest(context, path);
  demandUnmasked(found.member);
  const edited = removeInstances(targetOf(context, found));
  if (isCalendarFault(edited)) throw new DavError(400, { detail: edited.reason });
  return store(context, path, found, edited);
}

const scopes: readonly EditScope[] = ['this', 'future', 'all'];

function targetOf({ request: { query } }: RequestContext, { object }: ReadMember): EditTarget {
  const scope = scopes.find((each) => each === (query.get('scope') ?? 'all'));
  if (scope === undefined) throw new DavError(400, { detail: `scope is one of ${scopes.join(', ')}.` });
  return { object, recurrenceId: query.get('recurrence-id'), scope, now: seconds(), newUid: randomUUID() };
}

async function store(
  context: RequestContext,
  path: readonly string[],
  { member }: ReadMember,
  { text, later }: EditedObject,
): Promise<DavResponse> {
  const { folder } = member;
  const { name } = member.member;
  const ifMatch = tagOf(context);
  if (text === null) return carryOut(context, { method: 'DELETE', folder, name, ifMatch });
  const added = later === null ? null : await putLater(context, folder, later);
  try {
    await carryOut(context, { method: 'PUT', folder, name, text, ifMatch });
  } catch (error) {
    // The series was not ended: its later part must not be there twice.
    if (added !== null) await carryOut(context, { method: 'DELETE', folder, name: added, ifMatch: '*' });
    throw error;
  }
  const made = added === null ? null : await shownNow(context, [...path.slice(0, 2), added]);
  return json(200, { ...(await shownNow(context, path)), later: made });
}

/** @throws DavError 428: who does not know what they change might undo what somebody else did */
function tagOf({ request: { ifMatch } }: RequestContext): string {
  if (ifMatch === null) throw new DavError(428, { detail: 'Send the ETag of what was shown in If-Match.' });
  return ifMatch.any ? '*' : ifMatch.tags.map((tag) => `"${tag}"`).join(', ');
}

async function putLater(context: RequestContext, folder: CollectionResource, text: string): Promise<string> {
  const name = `${randomUUID()}.ics`;
  await carryOut(context, { method: 'PUT', folder, name, text });
  return name;
}

const shownNow = async (context: RequestContext, path: readonly string[]) =>
  memberJson((await memberOfRequest(context, path)).member);
