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
import type { CollectionDocument, MemberDocument, ReadModelCollections } from './collections.js';

/** Two reads for a whole batch: the collections, and the members that its commands name. */
export class MongoCollectionStateReader implements CollectionStateReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async collections(lookups: readonly CollectionLookup[]): Promise<readonly LoadedCollection[]> {
    if (lookups.length === 0) return [];
    // The version first: members that are newer than it make the append fail, not the decision wrong.
    const ids = lookups.map(({ stream }) => stream as string);
    const found = await this.#models.collections.find({ _id: { $in: ids } }).toArray();
    const collections = new Map(found.map((document) => [document._id, document]));
    const members = Map.groupBy(await this.#members(lookups), ({ stream }) => stream);
    return lookups.map(({ stream }) => loaded(stream, collections.get(stream), members.get(stream) ?? []));
  }

  async homes(streams: readonly StreamName[]): Promise<readonly LoadedHome[]> {
    if (streams.length === 0) return [];
    const found = await this.#models.homes.find({ _id: { $in: streams as readonly string[] as string[] } }).toArray();
    const homes = new Map(found.map((document) => [document._id, document]));
    return streams.map((stream) => {
      const home = homes.get(stream);
      return { stream, version: home?.version ?? 0, exists: home?.live ?? false };
    });
  }

  #members(lookups: readonly CollectionLookup[]): Promise<MemberDocument[]> {
    const ids = lookups.flatMap(({ stream, names }) => names.map((name) => `${stream}/${name}`));
    const byUid = lookups
      .filter(({ uids }) => uids.length > 0)
      .map(({ stream, uids }) => ({ stream, uid: { $in: [...uids] } }));
    const projection = { stream: 1, name: 1, uid: 1, version: 1, size: 1 };
    return this.#models.members.find({ live: true, $or: [{ _id: { $in: ids } }, ...byUid] }, { projection }).toArray();
  }
}

function loaded(
  stream: StreamName,
  collection: CollectionDocument | undefined,
  members: readonly MemberDocument[],
): LoadedCollection {
  if (collection === undefined) return { stream, version: 0, collection: null, members: [] };
  const { version, live, epoch, owner, components, role, profile } = collection;
  if (!live) return { stream, version, collection: null, members: [] };
  const named = members.map(({ name, uid, version: put, size }) => ({ name, uid: uid ?? '', version: put, size }));
  const sorted = named.toSorted((left, right) => left.version - right.version);
  return { stream, version, collection: { epoch, owner, components, role, profile }, members: sorted };
}

export class MongoDirectoryStateReader implements DirectoryStateReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async directory({ tenant, ids, names }: DirectoryLookup): Promise<LoadedDirectory> {
    const version = await this.#version(directoryStream(tenantId(tenant)));
    const { principals, tenants } = this.#models;
    const owner = await tenants.findOne({ _id: tenant, live: true }, { projection: { _id: 1 } });
    const wanted = [{ id: { $in: [...ids] } }, { names: { $in: [...names] } }];
    const found = await principals.find({ tenant, live: true, $or: wanted }).toArray();
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
  }

  async tenants(): Promise<LoadedTenants> {
    const version = await this.#version(tenantsStream);
    const found = await this.#models.tenants.find({ live: true }).toArray();
    const inUse = await this.#models.principals.distinct('tenant', { live: true });
    return { version, tenants: found.flatMap(({ record }) => record ?? []), inUse };
  }

  async #version(stream: StreamName): Promise<number> {
    return (await this.#models.directories.findOne({ _id: stream }))?.version ?? 0;
  }
}
