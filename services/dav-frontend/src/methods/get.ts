import { streamName } from '@almanac/contracts';
import { DavError, dav, matchesEntityTag } from '@almanac/dav-protocol';
import { JoinedCalendar } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { recordsOf, textOf } from '../properties/describe-members.js';
import { textProperty } from '../properties/live-property.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { takeTurns } from '../take-turns.js';
import { checkIf, checkUnmodified } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import type { CollectionResource, MemberResource } from '../resources/resource.js';
import { collectionTag, entityTag } from '../resources/tags.js';
import { methodNotAllowed } from './allowed-methods.js';

/** GET and HEAD: a member as it is stored, a collection as one calendar file. */
export const get: Method = async (context) => {
  const resource = mapped(await locate(context, context.request.path));
  checkUnmodified(context, resource);
  await checkIf(context, resource);
  if (resource.kind === 'member') return memberResponse(context, resource);
  if (resource.kind === 'collection') return collectionFile(context, resource);
  return methodNotAllowed(resource, 'There is nothing to GET here; a calendar program asks with PROPFIND.');
};

function memberResponse({ request }: RequestContext, { collection, member }: MemberResource): DavResponse {
  const etag = entityTag(collection, member.version);
  const headers = { ETag: etag, 'Last-Modified': new Date(member.modifiedAt).toUTCString() };
  return (
    unchanged(request, { etag, modifiedAt: member.modifiedAt, headers }) ?? {
      status: 200,
      headers: { ...headers, 'Content-Type': calendarType },
      body: member.data,
    }
  );
}

/**
 * RFC 9110 13.1
 * @throws DavError 412 when If-Match names another state
 */
export function unchanged(
  { ifMatch, ifNoneMatch, ifModifiedSince }: RequestContext['request'],
  { etag, modifiedAt, headers }: { etag: string; modifiedAt: number; headers: Readonly<Record<string, string>> },
): DavResponse | null {
  if (ifMatch !== null && !matchesEntityTag(ifMatch, etag)) {
    throw new DavError(412, { detail: 'The resource is not in the state that If-Match names.' });
  }
  const byDate = ifNoneMatch === null && ifModifiedSince !== null && modifiedAt < ifModifiedSince + 1000;
  const byTag = ifNoneMatch !== null && matchesEntityTag(ifNoneMatch, etag);
  return byDate || byTag ? { status: 304, headers } : null;
}

async function collectionFile(context: RequestContext, folder: CollectionResource): Promise<DavResponse> {
  const etag = collectionTag(folder.collection);
  const headers = { ETag: etag };
  const same = unchanged(context.request, { etag, modifiedAt: folder.collection.modifiedAt, headers });
  if (same !== null) return same;
  return { status: 200, headers: { ...headers, 'Content-Type': calendarType }, body: wholeCalendar(context, folder) };
}

const pageSize = 200;

async function* wholeCalendar(context: RequestContext, folder: CollectionResource): AsyncGenerator<string> {
  const calendar = new JoinedCalendar();
  const name = textProperty(folder.collection, dav('displayname'));
  yield calendar.open(name === undefined ? {} : { name });
  const listed = await context.ports.members.list(streamName(folder.collection.stream));
  for (let start = 0; start < listed.length; start += pageSize) {
    const names = listed.slice(start, start + pageSize).map((member) => member.name);
    for (const record of await recordsOf(context, folder, names)) {
      yield calendar.add(textOf(record));
      await takeTurns();
    }
  }
  yield calendar.close();
}
