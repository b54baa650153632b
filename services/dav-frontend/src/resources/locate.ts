import { homePrivileges, publicPrivileges } from '@almanac/access';
import {
  type CollectionRecord,
  collectionStream,
  homeStream,
  type MemberRecord,
  type PrincipalRecord,
  principalId,
  segment as segmentOf,
  tenantId,
} from '@almanac/contracts';
import type { ParsedPath } from '@almanac/dav-protocol';
import type { MemberReader } from '@almanac/ports';
import type { RequestContext } from '../request-context.js';
import { collectionHref, homeHref, kindInFolder, memberHref, principalHref, principalsHref } from './hrefs.js';
import type { CollectionResource, DavResource, HomeResource, Located, MemberResource } from './resource.js';

type Context = Pick<RequestContext, 'ports' | 'tenant' | 'principal'>;

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
  const privileges = homePrivileges(context.principal.id, id);
  if (privileges.length === 0) return unmapped('/calendars/', id, null);
  if (segment === undefined) return (await homeResource(context, id)) ?? unmapped('/calendars/', id, null);
  const { collections } = context.ports;
  const stream = collectionStream(tenantId(context.tenant.id), principalId(id), segmentOf(segment));
  const [collection, owner, member] = await Promise.all([
    collections.collection(stream),
    ownerOf(context, id),
    name === undefined || rest.length > 0 ? null : find(stream, name),
  ]);
  if (collection === null || owner === null) {
    const home = await homeResource(context, id);
    if (home === null) return unmapped('/calendars/', id, null);
    return unmapped(home.href, segment, name === undefined ? home : null);
  }
  const folder = collectionResource({ privileges, owner }, collection);
  if (name === undefined) return folder;
  if (member === null) return unmapped(folder.href, name, rest.length > 0 ? null : folder);
  return memberResource(folder, member);
}

const ownerOf = async ({ ports, tenant, principal }: Context, id: string): Promise<PrincipalRecord | null> =>
  id === principal.id ? principal : ports.principals.principal(tenantId(tenant.id), id);

export async function homeResource(context: Context, id: string): Promise<HomeResource | null> {
  const privileges = homePrivileges(context.principal.id, id);
  if (privileges.length === 0) return null;
  const stream = homeStream(tenantId(context.tenant.id), principalId(id));
  const [home, owner] = await Promise.all([context.ports.collections.home(stream), ownerOf(context, id)]);
  return home === null || owner === null ? null : { kind: 'home', href: homeHref(id), privileges, home, owner };
}

export const collectionResource = (
  { privileges, owner }: Pick<HomeResource, 'privileges' | 'owner'>,
  collection: CollectionRecord,
): CollectionResource => ({
  kind: 'collection',
  href: collectionHref(collection),
  privileges,
  collection,
  owner,
});

export const memberResource = (folder: CollectionResource, member: MemberRecord): MemberResource => ({
  kind: 'member',
  href: memberHref(folder.href, member.name),
  privileges: folder.privileges,
  collection: folder.collection,
  owner: folder.owner,
  member,
});
