import { directoryStream, type StreamName, tenantId, tenantsStream } from '@almanac/contracts';
import type {
  CollectionLookup,
  CollectionStateReader,
  DirectoryLookup,
  DirectoryStateReader,
  LoadedCollection,
  LoadedDirectory,
  LoadedHome,
  LoadedTenants,
} from '@almanac/ports';
import type { CollectionDocument, MemberDocument } from './collections.js';
import type { CalendarModels, DirectoryModels } from './generation.js';
import { homeStreamOf } from './read-model-keys.js';
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
    return this.#models.load('calendars', async (models) => {
      // Members that are newer than the version make the append fail; older ones would make the decision wrong.
      const version = collectionsOf(models, lookups);
      if (lookups.some(({ head }) => head === undefined)) await version;
      const [found, members] = await Promise.all([version, membersOf(models, lookups)]);
      const collections = new Map(found.map((document) => [document._id, document]));
      const byStream = Map.groupBy(members, ({ stream }) => stream);
      return lookups.map(({ stream }) => loaded(stream, collections.get(stream), byStream.get(stream) ?? []));
    });
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

function collectionsOf({ collections }: CalendarModels, lookups: readonly CollectionLookup[]) {
  const ids = lookups.map(({ stream }) => stream as string);
  return collections.find({ _id: { $in: ids }, homeStream: { $in: [...new Set(ids.map(homeStreamOf))] } }).toArray();
}

/** By name in one query, by UID in one for each stream, all at once: one that asks for either is walked, not looked up. */
async function membersOf({ members }: CalendarModels, lookups: readonly CollectionLookup[]): Promise<MemberDocument[]> {
  const projection = { stream: 1, name: 1, uid: 1, version: 1, size: 1, 'facts.managedIds': 1 };
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
): LoadedCollection {
  if (collection === undefined) return { stream, version: 0, collection: null, members: [] };
  const { version, live, epoch, owner, components, role, profile } = collection;
  if (!live) return { stream, version, collection: null, members: [] };
  const named = members.map(({ name, uid, version: put, size, facts }) => {
    const attached = facts?.managedIds === undefined ? {} : { attached: true };
    return { name, uid: uid ?? '', version: put, size, ...attached };
  });
  const sorted = named.toSorted((left, right) => left.version - right.version);
  return { stream, version, collection: { epoch, owner, components, role, profile }, members: sorted };
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
            appPasswordKeys: record?.appPasswords.map(({ key }) => key) ?? [],
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
