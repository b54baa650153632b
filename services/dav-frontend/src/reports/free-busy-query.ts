import { type MemberTimes, streamName } from '@almanac/contracts';
import { caldav, DavError, type FreeBusyQuery } from '@almanac/dav-protocol';
import {
  type BusyPeriod,
  busyPeriods,
  freeBusyComponent,
  loneOccurrence,
  type TimeRange,
  type Zone,
} from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import { recordsOf } from '../properties/describe-members.js';
import { textProperty } from '../properties/live-property.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { takeTurns } from '../take-turns.js';
import type { CollectionResource, DavResource } from '../resources/resource.js';
import { objectOf } from './find-members.js';
import { foldersInScope } from './folders-in-scope.js';
import { observerZone } from './observer-zone.js';

type Range = Required<TimeRange>;

/** People plan months ahead; ten years keep the answer, and the work for it, within bounds. */
const maxRange = 10 * 366 * 86_400;

/**
 * RFC 4791 7.10
 * @throws DavError 403 for a range of more than ten years
 */
export async function freeBusyQuery(
  context: RequestContext,
  resource: DavResource,
  { range }: FreeBusyQuery,
): Promise<DavResponse> {
  if (range.end - range.start > maxRange) {
    throw new DavError(403, { detail: 'Ask for busy times of ten years at most.' });
  }
  const folders = (await foldersInScope(context, resource)).filter((folder) => countsAsBusy(folder, resource));
  const periods = (await Promise.all(folders.map((folder) => busyIn(context, folder, range)))).flat();
  const body = freeBusyComponent(periods, range, Math.floor(Date.now() / 1000));
  return { status: 200, headers: { 'Content-Type': calendarType }, body };
}

/** A transparent calendar counts only when it is asked for itself (RFC 6638 9.1). */
function countsAsBusy({ collection, right }: CollectionResource, asked: DavResource): boolean {
  if (asked.kind === 'collection') return true;
  // What others share says when they are busy, not when the owner of this home is.
  return right === 'owner' && textProperty(collection, caldav('schedule-calendar-transp')) !== 'transparent';
}

async function busyIn(
  context: RequestContext,
  folder: CollectionResource,
  range: Range,
): Promise<readonly BusyPeriod[]> {
  const stream = streamName(folder.collection.stream);
  const observer = observerZone(folder);
  const times = await context.ports.members.times(stream, { component: 'VEVENT', ...range });
  const periods: BusyPeriod[] = [];
  const unsure: string[] = [];
  for (const member of times) {
    if (member.facts.busy === 'FREE') continue;
    const known = indexedPeriods(member, range, observer);
    if (known === null) unsure.push(member.name);
    else for (const period of known) periods.push(period);
  }
  for (const record of await recordsOf(context, folder, unsure)) {
    const object = objectOf(record);
    if (object !== null) for (const period of busyPeriods(object, range, observer)) periods.push(period);
    await takeTurns();
  }
  return periods;
}

/** Null where only the calendar data itself can tell. */
function indexedPeriods(member: MemberTimes, { start, end }: Range, observer: Zone): BusyPeriod[] | null {
  const { busy, clock } = member.facts;
  const occurrences = member.occurrences ?? loneOccurrence(member.facts);
  if (busy === 'FREE' || busy === 'mixed' || clock === 'mixed' || occurrences === null) return null;
  const margin = clock === 'local' ? 86_400 : 0;
  if (occurrences.from > start - margin || occurrences.to < end + margin) return null;
  const toInstant = clock === 'utc' ? (time: number) => time : (time: number) => observer.toInstant(time);
  const periods: BusyPeriod[] = [];
  for (let index = 0; index + 1 < occurrences.spans.length; index += 2) {
    const period = {
      start: toInstant(occurrences.spans[index] as number),
      end: toInstant(occurrences.spans[index + 1] as number),
      type: busy,
    };
    if (period.start < end && period.end > start) periods.push(period);
  }
  return periods;
}
