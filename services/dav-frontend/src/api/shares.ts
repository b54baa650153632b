import { type PrincipalRecord, type ShareRight, shareRights, tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import { ownerOf, send } from '../send-command.js';
import { json, readJson } from './api-request.js';
import { administeredFolder } from './folder-of-request.js';

/** Whom a folder is shared with, and at which right (S1). */
export async function listShares(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const { collection } = await administeredFolder(context, path);
  const shares = collection.shares.map(async (share) => ({ ...share, name: (await find(context, share.id))?.name }));
  return json(200, { shares: await Promise.all(shares) });
}

/** Shares a folder with a user or a group, or changes the right. */
export async function putShare(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const folder = await administeredFolder(context, path);
  const { right } = await readJson(context);
  const principal = await find(context, path[2] ?? '');
  if (!isShareRight(right)) throw new DavError(400, { detail: `right is one of ${shareRights.join(', ')}.` });
  if (principal === null || principal.kind === 'resource') {
    throw new DavError(404, { detail: `There is no user or group ${path[2]}.` });
  }
  const { id, kind } = principal;
  await send(context, ownerOf(folder.collection), { type: 'GrantShare', kind, id, right });
  return json(200, { kind, id, right, name: principal.name });
}

/** Takes a share back. */
export async function deleteShare(context: RequestContext, path: readonly string[]): Promise<DavResponse> {
  const folder = await administeredFolder(context, path);
  const id = path[2] ?? '';
  if (!folder.collection.shares.some((share) => share.id === id)) {
    throw new DavError(404, { detail: `The folder is not shared with ${id}.` });
  }
  await send(context, ownerOf(folder.collection), { type: 'RevokeShare', id });
  return { status: 204 };
}

const find = ({ ports, tenant }: RequestContext, id: string): Promise<PrincipalRecord | null> =>
  ports.principals.principal(tenantId(tenant.id), id);

const isShareRight = (value: unknown): value is ShareRight => shareRights.some((right) => right === value);
