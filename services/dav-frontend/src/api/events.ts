import type { MemberRecord } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import {
  type CompFilter,
  detailsOf,
  isCalendarFault,
  propertyOf,
  type ShownInstance,
  shownInstances,
  type TimeRange,
  type Zone,
} from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import { recordsOf } from '../properties/describe-members.js';
import { findMembers } from '../reports/find-members.js';
import type { RequestContext } from '../request-context.js';
import { foldersIn, homeResource, memberResource } from '../resources/folders.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { takeTurns } from '../take-turns.js';
import { json } from './api-request.js';
import { folderOfRequest } from './folder-of-request.js';
import { memberJson, objectIn } from './object-json.js';
import { zoneOfRequest } from './zone-of-request.js';

type Range = Required<TimeRange>;

/** A year and what a page shows around it. */
const maxRange = 400 * 86_400;
const pageSize = 200;
/** One answer holds no more occurrences than these. */
const maxInstances = 20_000;

/** The appointments of all calendars of the actor, or of one, as they lie on the wall of a zone (`calendar-query`, V4). */
export async function listEvents(context: RequestContext): Promise<DavResponse> {
  const observer = zoneOfRequest(context);
  const range = rangeOf(context, observer);
  const asked = { range, observer, room: new Room() };
  const folders = await askedFolders(context);
  const events = await Promise.all(folders.map((folder) => eventsIn(context, folder, asked)));
  return json(200, { events: events.flat() });
}

function rangeOf({ request }: RequestContext, observer: Zone): Range {
  const read = (name: string): number => {
    const day = /^\d{4}-\d\d-\d\d$/.test(request.query.get(name) ?? '')
      ? Date.parse(`${request.query.get(name)}`)
      : NaN;
    if (Number.isNaN(day)) throw new DavError(400, { detail: `Give ${name} as a day, 2026-01-31.` });
    return observer.toInstant(day / 1000);
  };
  const range = { start: read('start'), end: read('end') };
  if (range.end <= range.start || range.end - range.start > maxRange) {
    throw new DavError(400, { detail: 'Ask for a year at most, from start to a later end.' });
  }
  return range;
}

/** Calendars and nothing else: tasks are not drawn in a calendar. */
async function askedFolders(context: RequestContext): Promise<readonly CollectionResource[]> {
  const named = context.request.query.get('folder');
  if (named !== null) return [await folderOfRequest(context, named.split('/'))];
  const home = await homeResource(context, context.principal.id);
  const folders = home === null ? [] : await foldersIn(context, home);
  return folders.filter(({ collection }) => collection.components.includes('VEVENT'));
}

export const calendarFilter = (inner: CompFilter): CompFilter => ({
  name: 'VCALENDAR',
  propFilters: [],
  compFilters: [inner],
});

interface Asked {
  readonly range: Range;
  readonly observer: Zone;
  readonly room: Room;
}

const tooMany = {
  code: 'too-many-instances',
  detail: 'There are too many appointments in this time: ask for a shorter one, or for one folder.',
};

/** What is left of the appointments that one answer may hold, of all folders together. */
class Room {
  #left = maxInstances;

  /** @throws DavError 507 */
  take(count: number): void {
    this.#left -= count;
    if (this.#left < 0) throw new DavError(507, tooMany);
  }
}

async function eventsIn(context: RequestContext, folder: CollectionResource, { range, observer, room }: Asked) {
  const filter = calendarFilter({ name: 'VEVENT', timeRange: range, propFilters: [], compFilters: [] });
  const found = await findMembers(context, folder, { filter, observer });
  const events: object[] = [];
  for (let start = 0; start < found.length; start += pageSize) {
    const names = found.slice(start, start + pageSize).map(({ name }) => name);
    for (const record of await recordsOf(context, folder, names)) {
      events.push(...eventsOf(folder, record, { range, observer, room }));
      await takeTurns();
    }
  }
  return events;
}

/** @throws DavError 507 for a series that has too many occurrences in the range */
function eventsOf(folder: CollectionResource, record: MemberRecord, asked: Asked): readonly object[] {
  const resource = memberResource(folder, record);
  const object = objectIn(resource);
  const shown = object === null ? [] : shownInstances(object, asked.range, asked.observer);
  if (isCalendarFault(shown)) throw new DavError(507, tooMany);
  asked.room.take(shown.length);
  return shown.map((each) => eventJson(resource, each));
}

function eventJson(resource: MemberResource, { item, recurrenceId, allDay, start, end }: ShownInstance) {
  const { title, location, categories, isPrivate, isFree, status } = detailsOf(item);
  return {
    ...memberJson(resource),
    ...{ recurrenceId, allDay, start, end, title, location, categories, isPrivate, isFree, status },
    organizer: propertyOf(item.component, 'ORGANIZER')?.value ?? null,
  };
}
