import { publicPrivileges } from '@almanac/access';
import {
  collectionStream,
  type PrincipalRecord,
  principalId,
  type StreamName,
  segment as segmentOf,
  streamName,
  tenantId,
} from '@almanac/contracts';
import type { ParsedPath } from '@almanac/dav-protocol';
import type { MemberReader } from '@almanac/ports';
import { type Context, folderOf, homeResource, memberResource, sharedByName } from './folders.js';
import { kindInFolder, memberHref, principalHref, principalsHref } from './hrefs.js';
import type { DavResource, Located } from './resource.js';

/** What a path leads to, as far as the actor may see it: what may not be seen is not there (S4). */
export const locate = (context: Context, path: ParsedPath): Promise<Located> =>
  locateWith((stream, name) => context.ports.members.member(stream, name), context, path);

/** As `locate`, but a member's place alone, without a look at whether a member is there. */
export const locatePlace = (context: Context, path: ParsedPath): Promise<Located> =>
  locateWith(async () => null, context, path);

type FindMember = MemberReader['member'];

async function locateWith(find: FindMember, context: Context, path: ParsedPath): Promise<Located> {
  const [first, ...rest] = path.segments;
  if (first === undefined) return { kind: 'root', href: '/', privileges: publicPrivileges };
  if (first === 'principals') return locatePrincipal(context, rest);
  if (first === 'calendars') return locateInHomes(find, context, rest);
  return unmapped('/', first, null);
}

const unmapped = (folder: string, name: string, parent: DavResource | null): Located => ({
  kind: 'unmapped',
  href: memberHref(folder, name),
  parent,
  name,
});

async function locatePrincipal(context: Context, [folder, id, ...rest]: readonly string[]): Promise<Located> {
  const kind = folder === undefined ? null : kindInFolder(folder);
  if (folder !== undefined && kind === null) return unmapped('/principals/', folder, null);
  const href = principalsHref(kind);
  if (id === undefined) return { kind: 'principals', of: kind, href, privileges: publicPrivileges };
  const found = await context.ports.principals.principal(tenantId(context.tenant.id), id);
  if (found === null || found.kind !== kind || rest.length > 0) return unmapped(href, id, null);
  return principalResource(found);
}

export const principalResource = (principal: PrincipalRecord): DavResource => ({
  kind: 'principal',
  href: principalHref(principal),
  privileges: publicPrivileges,
  principal,
});

/** What is in a home is asked for all at once; the home itself only where nothing else of it is there. */
async function locateInHomes(find: FindMember, context: Context, path: readonly string[]): Promise<Located> {
  const [id, segment, name, ...rest] = path;
  if (id === undefined) return { kind: 'homes', href: '/calendars/', privileges: publicPrivileges };
  if (segment === undefined) return (await homeResource(context, id)) ?? unmapped('/calendars/', id, null);
  const stream = collectionStream(tenantId(context.tenant.id), principalId(id), segmentOf(segment));
  const findOne = (of: StreamName) => (name === undefined || rest.length > 0 ? null : find(of, name));
  const [own, member] = await Promise.all([context.ports.collections.collection(stream), findOne(stream)]);
  const folder = own === null ? await sharedByName(context, id, segment) : await folderOf(context, own);
  if (folder === null) return nothingIn(context, path);
  if (name === undefined) return folder;
  const found = own === null ? await findOne(streamName(folder.collection.stream)) : member;
  if (found === null) return unmapped(folder.href, name, rest.length > 0 ? null : folder);
  return memberResource(folder, found);
}

async function nothingIn(context: Context, [id = '', segment = '', name]: readonly string[]): Promise<Located> {
  const home = await homeResource(context, id);
  if (home === null) return unmapped('/calendars/', id, null);
  return unmapped(home.href, segment, name === undefined ? home : null);
}
