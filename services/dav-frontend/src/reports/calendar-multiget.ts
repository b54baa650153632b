import {
  type CalendarMultiget,
  DavError,
  multistatusClose,
  multistatusOpen,
  parsePath,
  statusResponse,
} from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { type MemberRequest, memberDescriber, recordsOf } from '../properties/describe-members.js';
import type { RequestContext } from '../request-context.js';
import { memberHref } from '../resources/hrefs.js';
import { memberResource } from '../resources/folders.js';
import { locate } from '../resources/locate.js';
import type { CollectionResource, DavResource } from '../resources/resource.js';
import { takeTurns } from '../take-turns.js';
import { memberRequest } from './member-request.js';
import { observerZone } from './observer-zone.js';

/** RFC 4791 7.9. Members are read folder by folder; each href is answered, with 404 where nothing is. */
export function calendarMultiget(
  context: RequestContext,
  _resource: DavResource,
  request: CalendarMultiget,
): DavResponse {
  return xmlResponse(207, answer(context, request));
}

const pageSize = 100;

async function* answer(context: RequestContext, request: CalendarMultiget): AsyncGenerator<string> {
  yield multistatusOpen;
  for (const [folder, wanted] of byFolder(request.hrefs)) {
    await takeTurns();
    const located = folder === null ? null : await locate(context, parsePath(folder));
    const collection = located?.kind === 'collection' ? located : null;
    const properties = memberRequest(request, observerZone(collection));
    for (let start = 0; start < wanted.length; start += pageSize) {
      const page = wanted.slice(start, start + pageSize);
      yield collection === null
        ? page.map(({ href }) => statusResponse(href, 404)).join('')
        : await describePage(context, collection, { page, properties });
    }
  }
  yield multistatusClose;
}

interface Wanted {
  readonly href: string;
  readonly name: string;
}

/** The hrefs by the folder that they are in, each once; null for what is no path of a member. */
function byFolder(hrefs: readonly string[]): Map<string | null, readonly Wanted[]> {
  const folders = new Map<string | null, Map<string, Wanted>>();
  for (const href of hrefs) {
    const [folder, name] = split(href);
    const wanted = folders.get(folder) ?? new Map<string, Wanted>();
    folders.set(folder, wanted.set(name, { href, name }));
  }
  return new Map([...folders].map(([folder, wanted]) => [folder, [...wanted.values()]]));
}

function split(href: string): readonly [folder: string | null, name: string] {
  try {
    const segments = [...parsePath(href.trim()).segments];
    const name = segments.pop() ?? '';
    const folder = segments.reduce((path, segment) => `${memberHref(path, segment)}/`, '/');
    return segments.length === 3 ? [folder, name] : [null, href];
  } catch (error) {
    if (error instanceof DavError) return [null, href];
    throw error;
  }
}

async function describePage(
  context: RequestContext,
  folder: CollectionResource,
  { page, properties }: { page: readonly Wanted[]; properties: MemberRequest },
): Promise<string> {
  const records = await recordsOf(
    context,
    folder,
    page.map(({ name }) => name),
  );
  const byName = new Map(records.map((record) => [record.name, record]));
  const describe = memberDescriber(context, properties);
  let xml = '';
  for (const { name } of page) {
    const record = byName.get(name);
    xml +=
      record === undefined
        ? statusResponse(memberHref(folder.href, name), 404)
        : describe(memberResource(folder, record));
  }
  return xml;
}
