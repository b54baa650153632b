import { type MemberListing, streamName } from '@almanac/contracts';
import {
  DavError,
  dav,
  forbidden,
  multistatusClose,
  multistatusOpen,
  type SyncCollection,
  statusResponse,
  syncToken,
} from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { describeMembers } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { memberHref } from '../resources/hrefs.js';
import type { CollectionResource, DavResource } from '../resources/resource.js';
import { parseSyncToken, type SyncPosition, syncTokenOf } from '../resources/tags.js';
import { memberRequest } from './member-request.js';
import { observerZone } from './observer-zone.js';

/** RFC 6578 3.2: the changes after the client's position, up to the version that was read first (design 3). */
export async function syncCollection(
  context: RequestContext,
  resource: DavResource,
  request: SyncCollection,
): Promise<DavResponse> {
  if (resource.kind !== 'collection') throw new DavError(403, { precondition: dav('supported-report') });
  const position = positionOf(request.token, resource);
  const page = await changesAfter(context, resource, { position, limit: request.limit });
  return xmlResponse(207, answer(context, resource, { request, page }));
}

/**
 * Where the client stands; '' is the beginning.
 * @throws DavError 403 DAV:valid-sync-token for a token that cannot be continued from: the client starts anew
 */
function positionOf(token: string, { collection, view }: CollectionResource): SyncPosition {
  const { epoch, version, since, horizon } = collection;
  if (token === '') return { epoch, after: 0, began: version, view: view.tag, overlay: view.overlay };
  const position = parseSyncToken(token);
  // Whose rights have changed is shown other things than before: nothing can be continued (design 2).
  const known = position !== null && position.epoch === epoch && position.view === view.tag;
  if (
    !known ||
    position.after > version ||
    position.began > version ||
    position.overlay > view.overlay ||
    position.began < Math.max(since, horizon ?? 0)
  ) {
    throw forbidden(dav('valid-sync-token'), 'This sync token cannot be continued from; sync again without one.');
  }
  return position;
}

interface Page {
  readonly changes: readonly MemberListing[];
  readonly truncated: boolean;
  /** Where the client stands after this page. */
  readonly token: string;
}

/** Changes in version order, so that a cut answer is continued after its last one (design 2). */
async function changesAfter(
  { ports }: RequestContext,
  folder: CollectionResource,
  { position, limit }: { position: SyncPosition; limit: number | null },
): Promise<Page> {
  const { stream, epoch, version } = folder.collection;
  const { after } = position;
  const initial = after === 0;
  const wanted = limit === null ? Number.MAX_SAFE_INTEGER : limit + 1;
  const changes: MemberListing[] = [];
  // Tombstones are of no interest to a client that has nothing yet; the read goes on until the page is full.
  for (let from = after; changes.length < wanted; ) {
    const query = { after: from, upTo: version, limit: wanted };
    const read = await ports.members.changes(streamName(stream), query);
    changes.push(...(initial ? read.filter(({ live }) => live) : read));
    const last = read.at(-1);
    if (last === undefined || read.length < wanted) break;
    from = last.version;
  }
  const truncated = limit !== null && changes.length > limit;
  const told = truncated ? changes.slice(0, limit) : changes;
  const last = truncated ? (told.at(-1)?.version ?? after) : version;
  const began = truncated ? Math.max(position.began, 0) : last;
  const { tag: view } = folder.view;
  if (truncated) {
    return { changes: told, truncated, token: syncTokenOf({ ...position, epoch, after: last, began, view }) };
  }
  const own = await changesOfOverlay({ ports }, folder, { position, told });
  return {
    changes: [...told, ...own],
    truncated,
    token: syncTokenOf({ epoch, after: last, began, view, overlay: folder.view.overlay }),
  };
}

/** Members of which the viewer has set its own reminders since (R6): they have changed for nobody else. */
async function changesOfOverlay(
  { ports }: Pick<RequestContext, 'ports'>,
  { collection, overlay }: CollectionResource,
  { position, told }: { position: SyncPosition; told: readonly MemberListing[] },
): Promise<readonly MemberListing[]> {
  const known = new Set(told.map(({ name }) => name));
  const changed = Object.entries(overlay?.alarms ?? {}).filter(([, { version }]) => version > position.overlay);
  const names = changed.map(([name]) => name).filter((name) => !known.has(name));
  if (names.length === 0) return [];
  const members = await ports.members.membersByName(streamName(collection.stream), names);
  return members.map(({ name, version }) => ({ name, version, live: true }));
}

async function* answer(
  context: RequestContext,
  folder: CollectionResource,
  { request, page }: { request: SyncCollection; page: Page },
): AsyncGenerator<string> {
  const live = page.changes.filter((change) => change.live);
  yield multistatusOpen;
  yield* describeMembers(context, folder, live, memberRequest(request, observerZone(folder)));
  for (const { name } of page.changes.filter((change) => !change.live)) {
    yield statusResponse(memberHref(folder.href, name), 404);
  }
  if (page.truncated) yield statusResponse(folder.href, 507, { precondition: dav('number-of-matches-within-limits') });
  yield syncToken(page.token) + multistatusClose;
}
