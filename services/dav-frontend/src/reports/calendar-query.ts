import { type CalendarQuery, dav, multistatusClose, multistatusOpen, statusResponse } from '@almanac/dav-protocol';
import { matches } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { describeMembers, memberDescriber } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import type { CollectionResource, DavResource, MemberResource } from '../resources/resource.js';
import { findMembers, objectOf } from './find-members.js';
import { foldersInScope } from './folders-in-scope.js';
import { memberRequest } from './member-request.js';
import { observerZone } from './observer-zone.js';

/** RFC 4791 7.8 */
export async function calendarQuery(
  context: RequestContext,
  resource: DavResource,
  request: CalendarQuery,
): Promise<DavResponse> {
  observerZone(null, request);
  if (resource.kind === 'member') return xmlResponse(207, oneMember(context, resource, request));
  const folders = await foldersInScope(context, resource);
  return xmlResponse(207, answer(context, { folders, request, href: resource.href }));
}

async function* answer(
  context: RequestContext,
  { folders, request, href }: { folders: readonly CollectionResource[]; request: CalendarQuery; href: string },
): AsyncGenerator<string> {
  yield multistatusOpen;
  let room = request.limit ?? Number.POSITIVE_INFINITY;
  for (const folder of folders) {
    const observer = observerZone(folder, request);
    const found = await findMembers(context, folder, { filter: request.filter, observer });
    yield* describeMembers(context, folder, found.slice(0, room), memberRequest(request, observer));
    room -= found.length;
    if (room < 0) break;
  }
  if (room < 0) yield statusResponse(href, 507, { precondition: dav('number-of-matches-within-limits') });
  yield multistatusClose;
}

async function* oneMember(
  context: RequestContext,
  resource: MemberResource,
  request: CalendarQuery,
): AsyncGenerator<string> {
  const observer = observerZone(resource.folder, request);
  const object = objectOf(resource.member);
  yield multistatusOpen;
  if (object !== null && matches(object, request.filter, observer)) {
    yield memberDescriber(context, memberRequest(request, observer))(resource);
  }
  yield multistatusClose;
}
