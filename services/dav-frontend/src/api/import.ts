import { randomUUID } from 'node:crypto';
import { DavError } from '@almanac/dav-protocol';
import { isCalendarFault, splitCalendar } from '@almanac/icalendar';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import type { CollectionResource } from '../resources/resource.js';
import { json } from './api-request.js';
import { memberHref } from '../resources/hrefs.js';
import { folderOfRequest } from './folder-of-request.js';
import { codeOf } from './code-of.js';
import { carryOut } from './inner-request.js';

/** Larger files come in through the command line. */
const maxOctets = 32 * 1024 * 1024;

async function textOf({ request }: RequestContext): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for await (const piece of request.body()) {
    size += piece.byteLength;
    if (size > maxOctets) throw new DavError(413, { detail: `A file may have ${maxOctets} octets at most here.` });
    text += decoder.decode(piece, { stream: true });
  }
  return text + decoder.decode();
}

/** Files are held in memory: of one person's, one at a time. */
const importing = new Set<string>();

async function alone<T>({ tenant, principal }: RequestContext, work: () => Promise<T>): Promise<T> {
  const name = `${tenant.id} ${principal.id}`;
  if (importing.has(name)) {
    const detail = 'Another file of yours is being imported; wait until that is there.';
    throw new DavError(429, { code: 'importing', detail, headers: { 'Retry-After': '10' } });
  }
  importing.add(name);
  try {
    return await work();
  } finally {
    importing.delete(name);
  }
}

/**
 * Puts each appointment and task of a file into a folder, like a client that has them. What is there already by its UID,
 * or cannot be, is counted and left out.
 */
export async function importCalendar(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  if (!/^text\/calendar\s*(;|$)/i.test(context.request.contentType ?? '')) {
    throw new DavError(415, { detail: 'Send the file as text/calendar.' });
  }
  const folder = await folderOfRequest(context, path);
  return alone(context, async () => importInto(context, folder, await textOf(context)));
}

interface Refusal {
  /** Where it stands in the file. */
  readonly at: number;
  readonly uid: string;
  readonly reason: string;
  readonly code: string | null;
}

async function importInto(context: RequestContext, folder: CollectionResource, text: string): Promise<DavResponse> {
  const objects = splitCalendar(text);
  if (isCalendarFault(objects)) throw new DavError(400, { detail: `The file cannot be read: ${objects.reason}` });
  let imported = 0;
  const made: { readonly href: string; readonly etag: string | null }[] = [];
  const refused: Refusal[] = [];
  await inLanes(objects, async (object, at) => {
    try {
      const name = `${randomUUID()}.ics`;
      const { headers } = await carryOut(context, { method: 'PUT', folder, name, text: object.text });
      imported += 1;
      if (made.length < listed) made.push({ href: memberHref(folder.href, name), etag: etagIn(headers) });
    } catch (error) {
      if (!(error instanceof DavError) || error.status >= 500) throw error;
      refused.push({ at, uid: object.uid, reason: error.message, code: codeOf(error) ?? null });
    }
  });
  const first = refused.toSorted((one, other) => one.at - other.at).slice(0, 10);
  const examples = first.map(({ at: _at, ...refusal }) => refusal);
  return json(200, { imported, refused: refused.length, examples, made });
}

/** Null where the profile has altered what was put. */
const etagIn = (headers: DavResponse['headers']): string | null =>
  headers?.['ETag'] === undefined ? null : String(headers['ETag']);

/** So many of what was made are named, so that it can be taken back. */
const listed = 1_000;

/** So many writes wait at the same time, so that they share what a write costs. */
const lanes = 16;

/** Each item in its turn, some at a time; after a failure none is begun any more, and it is thrown when all have ended. */
async function inLanes<Item>(items: Iterable<Item>, work: (item: Item, at: number) => Promise<void>): Promise<void> {
  const rest = Iterator.from(items);
  let begun = 0;
  let failed = false;
  const lane = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true && !failed; next = rest.next()) {
      try {
        await work(next.value, begun++);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
