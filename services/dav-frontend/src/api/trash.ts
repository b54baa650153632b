import { randomUUID } from 'node:crypto';
import {
  collectionStream,
  homeStream,
  isReservedSegment,
  principalId,
  profileOf,
  segment as segmentOf,
  streamName,
  tenantId,
  type TrashRecord,
} from '@almanac/contracts';
import { DavError, dav, encodeSegment, parsePath } from '@almanac/dav-protocol';
import { newEpoch } from '@almanac/ports';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { homeHref } from '../resources/hrefs.js';
import { execute, commandHeader, outcomeOf, send } from '../send-command.js';
import { json, readJson } from './api-request.js';

async function trashOf({ ports, tenant, principal, trashRetention }: RequestContext): Promise<readonly TrashRecord[]> {
  const all = await ports.trash.trashOf(homeStream(tenantId(tenant.id), principalId(principal.id)));
  return all.filter(({ deletedAt }) => deletedAt > Date.now() - trashRetention);
}

const nameOf = ({ properties, segment }: TrashRecord): string => {
  const name = properties[dav('displayname')];
  return name !== undefined && 'text' in name ? name.text : segment;
};

/** The folders that the actor has deleted, and can still restore (N3). */
export async function listTrash(context: RequestContext): Promise<DavResponse> {
  const entries = (await trashOf(context)).map((entry) => ({
    id: entry.id,
    href: `${homeHref(context.principal.id)}${entry.segment}/`,
    name: nameOf(entry),
    components: entry.components,
    members: entry.members,
    deletedAt: new Date(entry.deletedAt).toISOString(),
    deletedBy: entry.deletedBy,
  }));
  return json(200, { trash: entries });
}

async function entryOf(context: RequestContext, [id = '']: readonly string[]): Promise<TrashRecord> {
  const entry = (await trashOf(context)).find((each) => each.id === id);
  if (entry !== undefined) return entry;
  throw new DavError(404, { detail: 'There is no such folder in your trash.' });
}

function isSegment(text: string): boolean {
  try {
    const { segments } = parsePath(`/${encodeSegment(text)}/`);
    return segments.length === 1 && segments[0] === text && !isReservedSegment(text);
  } catch {
    return false;
  }
}

/**
 * Makes a deleted folder anew, at its URL or, by `segment`, at another one; its members follow at once. Where the URL is taken
 * meanwhile, the answer is 409 and names one that is free.
 */
export async function restoreFolder(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const entry = await entryOf(context, path);
  const { segment = entry.segment } = context.request.contentType === undefined ? {} : await readJson(context);
  if (typeof segment !== 'string' || !isSegment(segment)) {
    throw new DavError(400, { detail: 'segment is the last part of the new URL; a folder cannot have this one.' });
  }
  const { tenant, principal, limits } = context;
  const recipient = {
    service: entry.owner,
    stream: collectionStream(tenantId(tenant.id), principalId(principal.id), segmentOf(segment)),
  };
  const { stream, version, since, owner, components, properties } = entry;
  const header = await commandHeader(context, recipient);
  const result = await execute(context, {
    ...header,
    body: {
      type: 'CreateCollection',
      epoch: newEpoch(),
      ...{ owner, components, properties, role: null, ...profileOf(tenant, principal) },
      maxCollections: limits.maxCollections,
      restored: { stream, version, since },
    },
  });
  const href = `${homeHref(principal.id)}${encodeSegment(segment)}/`;
  if (result.kind === 'refused' && result.rejection.code === 'resource-must-be-null') {
    const detail = `The URL ${href} is taken meanwhile; restore the folder to another one.`;
    return json(409, { status: 409, detail, taken: href, offered: randomUUID() });
  }
  outcomeOf(result, recipient);
  return json(201, { href, name: nameOf(entry) });
}

/** Deletes a folder for good, as far as people can see. */
export async function purgeFolder(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const { owner, stream, version } = await entryOf(context, path);
  await send(context, { service: owner, stream: streamName(stream) }, { type: 'PurgeTrash', version });
  return { status: 204 };
}
