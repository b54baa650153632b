import { type MemberListing, type MemberRecord, streamName } from '@almanac/contracts';
import {
  caldav,
  DavError,
  dav,
  escapeText,
  forbidden,
  type PropertyName,
  type PropertyRequest,
  property,
  propertyResponse,
  propertyWriter,
  statusResponse,
} from '@almanac/dav-protocol';
import {
  type CalendarDataSpec,
  isCalendarFault,
  presentCalendarData,
  readCalendarObject,
  type Zone,
} from '@almanac/icalendar';
import { log } from '@almanac/observability';
import type { RequestContext } from '../request-context.js';
import { takeTurns } from '../take-turns.js';
import { memberHref } from '../resources/hrefs.js';
import { memberResource } from '../resources/folders.js';
import { textOf } from '../resources/view.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { entityTag } from '../resources/tags.js';
import { liveProperties } from './live-properties.js';
import { namesFor } from './read-properties.js';
import { calendarType } from './resource-properties.js';

/** What is wanted of each member; `data` is there only where calendar-data may be asked for (RFC 4791 9.6). */
export interface MemberRequest {
  readonly properties: PropertyRequest;
  readonly data?: { readonly spec: CalendarDataSpec | null; readonly observer: Zone };
}

type Listed = Pick<MemberListing, 'name' | 'version'>;
type Write<Subject> = (subject: Subject) => string | undefined;

/** So many members are read from the store at a time. */
const pageSize = 200;

/** DAV:response elements, one for each member in the order given; one that has gone meanwhile is left out. */
export async function* describeMembers(
  context: RequestContext,
  folder: CollectionResource,
  members: readonly Listed[],
  request: MemberRequest,
): AsyncGenerator<string> {
  const fromListing = listingWriters(folder, request);
  if (fromListing !== null) {
    for (let start = 0; start < members.length; start += pageSize) {
      let page = '';
      for (const member of members.slice(start, start + pageSize)) {
        page += respond(context, memberHref(folder.href, member.name), fromListing, member);
      }
      yield page;
      await takeTurns();
    }
    return;
  }
  const describe = memberDescriber(context, request);
  for (let start = 0; start < members.length; start += pageSize) {
    const names = members.slice(start, start + pageSize).map(({ name }) => name);
    let page = '';
    for (const record of await recordsOf(context, folder, names)) {
      page += describe(memberResource(folder, record));
      await takeTurns();
    }
    yield page;
  }
}

/** The live members of these names, in the order of the names. */
export async function recordsOf(
  { ports }: RequestContext,
  { collection }: CollectionResource,
  names: readonly string[],
): Promise<readonly MemberRecord[]> {
  const found = await ports.members.membersByName(streamName(collection.stream), names);
  const byName = new Map(found.map((record) => [record.name, record]));
  return names.flatMap((name) => byName.get(name) ?? []);
}

/**
 * Describes members one by one; what names the properties is worked out once for all of them. What cannot be shown of one
 * member is an error of that one alone.
 */
export function memberDescriber(context: RequestContext, request: MemberRequest): (resource: MemberResource) => string {
  const describe = wholeDescriber(context, request);
  return (resource) => {
    try {
      return describe(resource);
    } catch (error) {
      if (error instanceof DavError) return statusResponse(resource.href, error.status, error);
      const { stream } = resource.collection;
      log('error', 'a member cannot be shown', { stream, name: resource.member.name, error });
      return statusResponse(resource.href, 500);
    }
  };
}

function wholeDescriber(context: RequestContext, request: MemberRequest): (resource: MemberResource) => string {
  const { properties } = request;
  if (properties.kind === 'prop') {
    const writers = recordWriters(context, properties.names, request);
    return (resource) => respond(context, resource.href, writers, resource);
  }
  // Each member has dead properties of its own.
  return (resource) => {
    const writers = recordWriters(context, namesFor(resource, properties), request);
    if (properties.kind === 'allprop') return respond(context, resource.href, writers, resource);
    const there = [...writers].filter(([, write]) => write(resource) !== undefined);
    return propertyResponse(resource.href, there.map(([name]) => property(name, '')).join(''), []);
  };
}

function respond<Subject>(
  { request }: RequestContext,
  href: string,
  writers: ReadonlyMap<PropertyName, Write<Subject>>,
  subject: Subject,
): string {
  let found = '';
  const missing: PropertyName[] = [];
  for (const [name, write] of writers) {
    const xml = write(subject);
    if (xml === undefined) missing.push(name);
    else found += xml;
  }
  return propertyResponse(href, found, request.prefer.minimal ? [] : missing);
}

/** Writers that need no more of a member than its line in the listing; null when something else is asked for. */
function listingWriters(
  { collection, view }: CollectionResource,
  { properties }: MemberRequest,
): ReadonlyMap<PropertyName, Write<Listed>> | null {
  if (properties.kind !== 'prop') return null;
  const etag = propertyWriter(dav('getetag'));
  const type = propertyWriter(dav('getcontenttype'))(calendarType);
  const resourcetype = propertyWriter(dav('resourcetype'))('');
  const known: Readonly<Record<PropertyName, Write<Listed>>> = {
    [dav('getetag')]: ({ name, version }) => etag(entityTag(collection, version, view.tagOf(name))),
    [dav('getcontenttype')]: () => type,
    [dav('resourcetype')]: () => resourcetype,
  };
  if (!properties.names.every((name) => name in known)) return null;
  return new Map(properties.names.map((name) => [name, known[name] as Write<Listed>]));
}

function recordWriters(
  context: RequestContext,
  names: readonly PropertyName[],
  { data }: MemberRequest,
): ReadonlyMap<PropertyName, Write<MemberResource>> {
  return new Map(
    names.map((name) => [
      name,
      name === caldav('calendar-data') && data !== undefined ? calendarData(data) : propertyOf(context, name),
    ]),
  );
}

function propertyOf(context: RequestContext, name: PropertyName): Write<MemberResource> {
  const live = liveProperties.get(name);
  if (live === undefined) {
    return ({ member }) => {
      const value = member.properties[name];
      return value !== undefined && 'xml' in value ? value.xml : undefined;
    };
  }
  const write = propertyWriter(name);
  return (resource) => {
    const value = live.read.member?.(resource, context);
    return value === undefined ? undefined : write(value);
  };
}

/** The calendar data whole as it is stored, or the parts asked for (RFC 4791 9.6). */
function calendarData({ spec, observer }: NonNullable<MemberRequest['data']>): Write<MemberResource> {
  const write = propertyWriter(caldav('calendar-data'));
  return ({ member }) => {
    const text = textOf(member);
    if (spec === null) return write(escapeText(text));
    const object = readCalendarObject(text);
    if (isCalendarFault(object)) return undefined;
    const presented = presentCalendarData(object, spec, observer);
    if (isCalendarFault(presented)) throw forbidden(caldav(presented.code), presented.reason);
    return write(escapeText(presented));
  };
}
