import { collectionStream, type MemberRecord, principalId, segment, streamName, tenantId } from '@almanac/contracts';
import { DavError, dav, matchesEntityTag } from '@almanac/dav-protocol';
import { JoinedCalendar } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { Method } from '../method.js';
import { clientForms } from '../clients/client-forms.js';
import { recordsOf } from '../properties/describe-members.js';
import { textProperty } from '../properties/live-property.js';
import { calendarType } from '../properties/resource-properties.js';
import type { RequestContext } from '../request-context.js';
import { takeTurns } from '../take-turns.js';
import { checkIf, checkUnmodified } from '../resources/conditions.js';
import { locate } from '../resources/locate.js';
import { mapped } from '../resources/mapped.js';
import type { CollectionResource } from '../resources/resource.js';
import { collectionTag, entityTag } from '../resources/tags.js';
import { ownView, textOf } from '../resources/view.js';
import { methodNotAllowed } from './allowed-methods.js';

/** GET and HEAD: a member as it is stored, a collection as one calendar file. */
export const get: Method = async (context) => (await ownMember(context)) ?? located(context);

/** What lies in one's own home is shown without a look at its collection: this is what clients ask for most. */
async function ownMember(context: RequestContext): Promise<DavResponse | null> {
  const { ports, tenant, principal, request } = context;
  const [root, home, folder, name, ...rest] = request.path.segments;
  if (root !== 'calendars' || home !== principal.id || request.if !== null || rest.length > 0) return null;
  if (folder === undefined || name === undefined) return null;
  const stream = collectionStream(tenantId(tenant.id), principalId(home), segment(folder));
  const member = await ports.members.member(stream, name);
  if (member === null) return null;
  checkUnmodified(context, { kind: 'member', member });
  const view = ownView(clientForms(request.userAgent));
  return memberResponse(context, view.show(member), view.tagOf(name));
}

async function located(context: RequestContext): Promise<DavResponse> {
  const resource = mapped(await locate(context, context.request.path));
  checkUnmodified(context, resource);
  await checkIf(context, resource);
  if (resource.kind === 'member')
    return memberResponse(context, resource.member, resource.folder.view.tagOf(resource.member.name));
  if (resource.kind === 'collection') return collectionFile(context, resource);
  return methodNotAllowed(resource, 'There is nothing to GET here; a calendar program asks with PROPFIND.');
}

function memberResponse({ request }: RequestContext, member: MemberRecord, ending: string): DavResponse {
  const etag = entityTag(member, member.version, ending);
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
  const etag = collectionTag(folder);
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
      yield calendar.add(textOf(folder.view.show(record)));
      await takeTurns();
    }
  }
  yield calendar.close();
}
