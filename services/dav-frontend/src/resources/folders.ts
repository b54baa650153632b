import { collectionPrivileges, homePrivileges, memberPrivileges, type Right, rightOf } from '@almanac/access';
import {
  type CollectionRecord,
  collectionStream,
  homeStream,
  type MemberRecord,
  type OverlayRecord,
  overlayStream,
  type PrincipalRecord,
  principalId,
  segment as segmentOf,
  streamName,
  tenantId,
} from '@almanac/contracts';
import { dav } from '@almanac/dav-protocol';
import { clientForms } from '../clients/client-forms.js';
import { defaultAlarmNames } from '../properties/default-alarm-properties.js';
import { textProperty } from '../properties/live-property.js';
import type { RequestContext } from '../request-context.js';
import { addressOfShared, collectionHref, homeHref, memberHref, sharedHref } from './hrefs.js';
import type { CollectionResource, HomeResource, MemberResource } from './resource.js';
import { shareeSight } from './sharee-sight.js';
import { ownView, shareeView } from './view.js';

export type Context = Pick<RequestContext, 'ports' | 'tenant' | 'principal' | 'request' | 'viewer'>;

const ownerOf = async ({ ports, tenant, principal }: Context, id: string): Promise<PrincipalRecord | null> =>
  id === principal.id ? principal : ports.principals.principal(tenantId(tenant.id), id);

export async function homeResource(context: Context, id: string): Promise<HomeResource | null> {
  const privileges = homePrivileges(context.principal.id, id);
  if (privileges.length === 0) return null;
  const stream = homeStream(tenantId(context.tenant.id), principalId(id));
  const [home, owner] = await Promise.all([context.ports.collections.home(stream), ownerOf(context, id)]);
  return home === null || owner === null ? null : { kind: 'home', href: homeHref(id), privileges, home, owner };
}

/** Where a collection is seen, and what is known already of what the viewer has made of it. */
export interface Sighting {
  readonly href?: string;
  readonly overlay?: OverlayRecord | null;
}

/** Null where the actor has no right to it: then it is not there (S4). */
export async function folderOf(
  context: Context,
  collection: CollectionRecord,
  { href = collectionHref(collection), overlay: known }: Sighting = {},
): Promise<CollectionResource | null> {
  const { principal, ports } = context;
  const seen = { collection, href };
  if (collection.home === principal.id) {
    return folderAs(context, { ...seen, owner: principal, right: 'owner', overlay: null });
  }
  if (collection.shares.length === 0) return null;
  const right = rightOf(await context.viewer(), collection);
  if (right === null) return null;
  const [owner, overlay] = await Promise.all([
    ownerOf(context, collection.home),
    known === undefined ? ports.collections.overlay(overlayStreamOf(context, collection)) : known,
  ]);
  return owner === null ? null : folderAs(context, { ...seen, owner, right, overlay });
}

/** What the actor keeps for itself of a collection. */
export const overlayStreamOf = ({ tenant, principal }: Context, { stream }: CollectionRecord) =>
  overlayStream(tenantId(tenant.id), principalId(principal.id), stream);

interface Seen {
  readonly collection: CollectionRecord;
  readonly href: string;
  readonly owner: PrincipalRecord;
  readonly right: Right;
  readonly overlay: OverlayRecord | null;
}

function folderAs({ principal: viewer, request }: Context, seen: Seen): CollectionResource {
  const { collection, href, owner, right, overlay } = seen;
  const sharee = { viewer, right, overlay };
  const forms = clientForms(request.userAgent);
  return {
    kind: 'collection',
    href,
    privileges: collectionPrivileges[right],
    collection: right === 'owner' ? collection : withOverlay(seen),
    owner,
    right,
    viewer: viewer.id,
    overlay,
    forms,
    view: right === 'owner' ? ownView(forms) : shareeView({ ...sharee, forms }, shareeSight(sharee)),
  };
}

const displayname = dav('displayname');

/** The viewer's own properties before those of the owner (S3); a name says whose calendar it is until it gets another. */
function withOverlay({ collection, owner, overlay }: Seen): CollectionRecord {
  const name = { text: `${textProperty(collection, displayname) ?? collection.segment} (${owner.name})` };
  const properties = Object.fromEntries(
    Object.entries(collection.properties).filter(([property]) => !defaultAlarmNames.has(property)),
  );
  return { ...collection, properties: { ...properties, [displayname]: name, ...overlay?.properties } };
}

/** A collection that is shared with the actor, by the name that it has in the actor's own home. */
export async function sharedByName(context: Context, id: string, name: string): Promise<CollectionResource | null> {
  const address = id === context.principal.id ? addressOfShared(name) : null;
  if (address === null || address.home === id) return null;
  const stream = collectionStream(tenantId(context.tenant.id), principalId(address.home), segmentOf(address.segment));
  const collection = await context.ports.collections.collection(stream);
  return collection === null ? null : folderOf(context, collection, { href: sharedHref(id, collection) });
}

/** The folders of the actor's own home: its collections, and then what others share with it (S1), as far as it is listed. */
export async function foldersIn(context: Context, { home }: HomeResource): Promise<readonly CollectionResource[]> {
  const shared = sharedFolders(context);
  const own = await context.ports.collections.collectionsOf(streamName(home.stream));
  const folders = await Promise.all(own.map((collection) => folderOf(context, collection)));
  return [...folders.filter((folder) => folder !== null), ...(await shared)];
}

/** Row T2: folders with tasks only are not listed to others, where their owner's profile says so. */
const isListed = ({ owner, profile, rulesOff }: CollectionRecord): boolean =>
  owner !== 'tasks' || profile === 'standard' || rulesOff.includes('T2');

async function sharedFolders(context: Context): Promise<readonly CollectionResource[]> {
  const { ports, tenant, principal } = context;
  const { id, groups } = await context.viewer();
  const shared = await ports.collections.sharedWith(tenantId(tenant.id), [id, ...groups]);
  const listed = shared.filter((collection) => collection.home !== id && isListed(collection));
  if (listed.length === 0) return [];
  const home = homeStream(tenantId(tenant.id), principalId(principal.id));
  const overlays = new Map((await ports.collections.overlaysOf(home)).map((each) => [each.stream, each]));
  const folders = listed.map((collection) => {
    const overlay = overlays.get(overlayStreamOf(context, collection)) ?? null;
    return folderOf(context, collection, { href: sharedHref(id, collection), overlay });
  });
  return (await Promise.all(folders)).filter((folder) => folder !== null);
}

export function memberResource(folder: CollectionResource, stored: MemberRecord): MemberResource {
  const member = folder.view.show(stored);
  const sight = { own: stored.createdBy === folder.viewer, masked: member.masked === true };
  return {
    kind: 'member',
    href: memberHref(folder.href, stored.name),
    privileges: memberPrivileges(folder.right, sight),
    collection: folder.collection,
    owner: folder.owner,
    folder,
    stored,
    member,
  };
}
