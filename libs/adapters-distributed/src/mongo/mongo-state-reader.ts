import { directoryStream, homeOf, type StreamName, tenantId, tenantsStream } from '@almanac/contracts';
import {
  type CollectionLookup,
  type CollectionStateReader,
  type DirectoryLookup,
  type DirectoryStateReader,
  type LoadedCollection,
  type LoadedDirectory,
  type LoadedHome,
  type LoadedOverlay,
  type LoadedTenants,
  loadedOverlay,
} from '@almanac/ports';
import { type CollectionDocument, type MemberDocument, propertiesFrom } from './collections.js';
import type { CalendarModels, DirectoryModels } from './generation.js';
import type { ReadModels } from './read-models.js';

/**
 * What a whole batch needs: the collections, then the members that its commands name; or both at once, where the heads of
 * all its streams are known.
 */
export class MongoCollectionStateReader implements CollectionStateReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  async collections(lookups: readonly CollectionLookup[]): Promise<readonly LoadedCollection[]> {
    if (lookups.length === 0) return [];
    const homes = new Set(lookups.map(({ stream }) => homeOf(stream)));
    return this.#models.load('calendars', async (models) => {
      // Members that are newer than the version make the append fail; older ones would make the decision wrong.
      const version = collectionsOf(models, lookups);
      if (lookups.some(({ head }) => head === undefined)) await version;
      const [found, members, octets] = await Promise.all([
        version,
        membersOf(models, lookups),
        this.#attachedTo(homes),
      ]);
      const collections = new Map(found.map((document) => [document._id, document]));
      const byHome = Map.groupBy(found, ({ homeStream }) => homeStream);
      const byStream = Map.groupBy(members, ({ stream }) => stream);
      return lookups.map(({ stream }) => ({
        ...loaded(stream, collections.get(stream), byStream.get(stream) ?? []),
        usage: usageOf(byHome.get(homeOf(stream)) ?? [], octets.get(homeOf(stream)) ?? 0),
      }));
    });
  }

  /** Octets of the attachments of homes. */
  async #attachedTo(homes: ReadonlySet<string>): Promise<ReadonlyMap<string, number>> {
    const wanted = { _id: { $in: [...homes].map((home) => `${home}/@attachments`) } };
    const found = await this.#models.load('attachments', ({ attachmentHomes }) =>
      attachmentHomes.find(wanted).toArray(),
    );
    return new Map(found.map(({ _id, used }) => [homeOf(_id), used]));
  }

  async overlays(streams: readonly StreamName[]): Promise<readonly LoadedOverlay[]> {
    if (streams.length === 0) return [];
    const wanted = { _id: { $in: [...streams] as string[] } };
    const found = await this.#models.load('calendars', ({ overlays }) => overlays.find(wanted).toArray());
    const records = new Map(found.map(({ _id, record }) => [_id, record]));
    return streams.map((stream) => loadedOverlay(stream, JSON.parse(records.get(stream) ?? 'null')));
  }

  async homes(streams: readonly StreamName[]): Promise<readonly LoadedHome[]> {
    if (streams.length === 0) return [];
    const wanted = { _id: { $in: [...streams] as string[] } };
    const found = await this.#models.load('calendars', ({ homes }) => homes.find(wanted).toArray());
    const homes = new Map(found.map((document) => [document._id, document]));
    return streams.map((stream) => {
      const home = homes.get(stream);
      return { stream, version: home?.version ?? 0, exists: home?.live ?? false };
    });
  }
}

/** All of the homes concerned: limits are of the home, and one query is cheaper than two. */
function collectionsOf({ collections }: CalendarModels, lookups: readonly CollectionLookup[]) {
  const homes = new Set(lookups.map(({ stream }) => homeOf(stream)));
  // Properties may be long, and most commands do not need them.
  const lean = lookups.some(({ withProperties }) => withProperties) ? {} : { projection: { properties: 0 } };
  return collections.find({ homeStream: { $in: [...homes] } }, lean).toArray();
}

/** Attachments count to the quota as well (RFC 4331, RFC 8607). */
function usageOf(collections: readonly CollectionDocument[], attached: number): LoadedCollection['usage'] {
  const living = collections.filter(({ live }) => live);
  return { collections: living.length, octets: living.reduce((sum, { size }) => sum + size, attached) };
}

/** By name in one query, by UID in one for each stream, all at once: one that asks for either is walked, not looked up. */
async function membersOf({ members }: CalendarModels, lookups: readonly CollectionLookup[]): Promise<MemberDocument[]> {
  const own = { stream: 1, name: 1, uid: 1, version: 1, size: 1, createdBy: 1, memory: 1 } as const;
  const projection = { ...own, 'facts.managedIds': 1 };
  const named = lookups.filter(({ names }) => names.length > 0);
  const ids = named.flatMap(({ stream, names }) => names.map((name) => `${stream}/${name}`));
  const streams = named.map(({ stream }) => stream as string);
  const byName = { _id: { $in: ids }, stream: { $in: streams }, live: true };
  const byUid = lookups
    .filter(({ uids }) => uids.length > 0)
    .map(({ stream, uids }) => ({ stream: stream as string, uid: { $in: [...uids] } }));
  const queries = ids.length === 0 ? byUid : [byName, ...byUid];
  const found = await Promise.all(queries.map((query) => members.find(query, { projection }).toArray()));
  return [...new Map(found.flat().map((member) => [member._id, member])).values()];
}

function loaded(
  stream: StreamName,
  collection: CollectionDocument | undefined,
  members: readonly MemberDocument[],
): Omit<LoadedCollection, 'usage'> {
  if (collection === undefined) return { stream, version: 0, collection: null, members: [] };
  const { version, live, epoch, owner, components, role, profile, rulesOff, shares, since } = collection;
  const { members: count, size: octets } = collection;
  if (!live) return { stream, version, collection: null, members: [] };
  const named = members.map(({ name, uid, version: put, size, createdBy, memory, facts }) => {
    const attached = facts?.managedIds === undefined ? {} : { attached: true };
    return { name, uid: uid ?? '', version: put, size, createdBy, memory, ...attached };
  });
  const sorted = named.toSorted((left, right) => left.version - right.version);
  const settings = { epoch, owner, components, role, profile, rulesOff };
  const properties = 'properties' in collection ? propertiesFrom(collection.properties) : null;
  return {
    ...{ stream, version, members: sorted },
    collection: { ...settings, shares, since, properties, count, octets },
  };
}

export class MongoDirectoryStateReader implements DirectoryStateReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  directory({ tenant, ids, names }: DirectoryLookup): Promise<LoadedDirectory> {
    return this.#models.load('directory', async (models) => {
      const version = await versionOf(models, directoryStream(tenantId(tenant)));
      const [owner, found] = await Promise.all([
        models.tenants.findOne({ _id: tenant, live: true }, { projection: { _id: 1 } }),
        principalsOf(models, { tenant, ids, names }),
      ]);
      return {
        version,
        tenantExists: owner !== null,
        principals: found
          .filter(({ id }) => ids.includes(id))
          .map(({ id, kind, record }) => ({
            id,
            kind,
            appPasswords: record?.appPasswords ?? [],
          })),
        holders: found.flatMap(({ id, names: held }) =>
          held.filter((name) => names.includes(name)).map((name) => ({ name, id })),
        ),
      };
    });
  }

  tenants(): Promise<LoadedTenants> {
    return this.#models.load('directory', async (models) => {
      const version = await versionOf(models, tenantsStream);
      const [found, inUse] = await Promise.all([
        models.tenants.find({ live: true }).toArray(),
        models.principals.distinct('tenant', { live: true }),
      ]);
      return { version, tenants: found.flatMap(({ record }) => record ?? []), inUse };
    });
  }
}

async function principalsOf({ principals }: DirectoryModels, { tenant, ids, names }: DirectoryLookup) {
  const byId = { _id: { $in: ids.map((id) => `${tenant}/${id}`) }, tenant, live: true };
  const byName = { tenant, names: { $in: [...names] }, live: true };
  const found = await Promise.all([byId, byName].map((query) => principals.find(query).toArray()));
  return [...new Map(found.flat().map((principal) => [principal._id, principal])).values()];
}

async function versionOf({ directories }: DirectoryModels, stream: StreamName): Promise<number> {
  return (await directories.findOne({ _id: stream }))?.version ?? 0;
}
