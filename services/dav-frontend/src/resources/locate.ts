import { privilegesInHome, publicPrivileges } from '@almanac/access';
import {
  type CollectionRecord,
  collectionStream,
  homeStream,
  type MemberRecord,
  type PrincipalRecord,
  principalId,
  segment as segmentOf,
  streamName,
  tenantId,
} from '@almanac/contracts';
import type { ParsedPath } from '@almanac/dav-protocol';
import type { RequestContext } from '../request-context.js';
import { collectionHref, homeHref, kindInFolder, memberHref, principalHref, principalsHref } from './hrefs.js';
import type { CollectionResource, DavResource, HomeResource, Located, MemberResource } from './resource.js';

type Context = Pick<RequestContext, 'ports' | 'tenant' | 'principal'>;

/** What a path leads to, as far as the actor may see it: what may not be seen is not there (S4). */
export async function locate(context: Context, path: ParsedPath): Promise<Located> {
  const [first, ...rest] = path.segments;
  if (first === undefined) return { kind: 'root', href: '/', privileges: publicPrivileges };
  if (first === 'principals') return locatePrincipal(context, rest);
  if (first === 'calendars') return locateInHomes(context, rest);
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

async function locateInHomes(context: Context, [home, segment, name, ...rest]: readonly string[]): Promise<Located> {
  if (home === undefined) return { kind: 'homes', href: '/calendars/', privileges: publicPrivileges };
  const found = await homeResource(context, home);
  if (found === null) return unmapped('/calendars/', home, null);
  if (segment === undefined) return found;
  const collection = await collectionIn(context, found, segment);
  if (collection === null) return unmapped(found.href, segment, name === undefined ? found : null);
  if (name === undefined) return collection;
  const member =
    rest.length > 0 ? null : await context.ports.members.member(streamName(collection.collection.stream), name);
  if (member === null) return unmapped(collection.href, name, rest.length > 0 ? null : collection);
  return memberResource(collection, member);
}

export async function homeResource(context: Context, id: string): Promise<HomeResource | null> {
  const privileges = privilegesInHome(context.principal.id, id);
  if (privileges.length === 0) return null;
  const tenant = tenantId(context.tenant.id);
  const home = await context.ports.collections.home(homeStream(tenant, principalId(id)));
  const owner = id === context.principal.id ? context.principal : await context.ports.principals.principal(tenant, id);
  return home === null || owner === null ? null : { kind: 'home', href: homeHref(id), privileges, home, owner };
}

async function collectionIn(context: Context, home: HomeResource, name: string): Promise<CollectionResource | null> {
  const { tenant, home: id } = home.home;
  const stream = collectionStream(tenantId(tenant), principalId(id), segmentOf(name));
  const collection = await context.ports.collections.collection(stream);
  return collection === null ? null : collectionResource(home, collection);
}

export const collectionResource = (
  { privileges, owner }: HomeResource,
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
