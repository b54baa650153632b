import type { CollectionRecord, MemberTimes, PrincipalRecord, PropertyValues, TenantRecord } from '@almanac/contracts';
import type { Binary, Collection, Db } from 'mongodb';
import type { StoredCommit } from './mongo-event-store.js';

/** Each document knows the version that it shows; a dead one stays, so that what comes again finds it (design 3). */
interface Guarded {
  readonly _id: string;
  readonly version: number;
  readonly live: boolean;
}

/** `_id` is the stream. Property names are in Clark notation, with dots: they are kept as JSON. */
export interface CollectionDocument extends Guarded, Omit<CollectionRecord, 'version' | 'properties' | 'stream'> {
  readonly homeStream: string;
  readonly properties: string;
}

/** `_id` is `<stream>/<name>`. */
export interface MemberDocument extends Guarded {
  readonly stream: string;
  readonly name: string;
  readonly uid: string | null;
  readonly component: string | null;
  readonly size: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly reach: number | null;
  readonly starts: number | null;
  readonly ends: number | null;
  readonly properties: string | null;
  readonly facts: MemberTimes['facts'] | null;
  readonly occurrences: Binary | null;
  readonly data: Binary | null;
}

/** `_id` is the stream. */
export interface HomeDocument extends Guarded {
  readonly defaultCalendar: string;
  readonly defaultTasks: string;
  readonly properties: string;
}

/** `_id` is the stream of a directory. */
export interface DirectoryDocument {
  readonly _id: string;
  readonly version: number;
}

export interface TenantDocument extends Guarded {
  readonly record: TenantRecord | null;
  /** `host:<name>` and `domain:<name>`, lower case. */
  readonly names: readonly string[];
}

/** `_id` is `<tenant>/<id>`. */
export interface PrincipalDocument extends Guarded {
  readonly tenant: string;
  readonly id: string;
  readonly kind: PrincipalRecord['kind'];
  readonly record: PrincipalRecord | null;
  /** Logins and addresses, lower case. */
  readonly names: readonly string[];
  readonly members: readonly string[];
}

export interface ReadModelCollections {
  readonly collections: Collection<CollectionDocument>;
  readonly members: Collection<MemberDocument>;
  readonly homes: Collection<HomeDocument>;
  readonly directories: Collection<DirectoryDocument>;
  readonly tenants: Collection<TenantDocument>;
  readonly principals: Collection<PrincipalDocument>;
}

/** The names end in the projection's version, so that the next one can be filled beside it (design 3). */
export const readModelCollections = (database: Db): ReadModelCollections => ({
  collections: database.collection('collections_v1'),
  members: database.collection('members_v1'),
  homes: database.collection('homes_v1'),
  directories: database.collection('directories_v1'),
  tenants: database.collection('tenants_v1'),
  principals: database.collection('principals_v1'),
});

/** How far a consumer of the feed has come in a stream; `_id` is `<consumer>@<stream>`. */
export interface FeedPosition {
  readonly _id: string;
  readonly version: number;
}

export const positionsCollection = (database: Db): Collection<FeedPosition> => database.collection('feed_positions');

export const commitsCollection = (database: Db): Collection<StoredCommit> => database.collection('commits');

/** Made at each start; making an index that is there changes nothing. */
export async function createIndexes(database: Db): Promise<void> {
  const { collections, members, tenants, principals } = readModelCollections(database);
  await commitsCollection(database).createIndexes([
    { key: { stream: 1, version: 1 }, unique: true },
    { key: { stream: 1, commandId: 1 }, unique: true },
    // Holds only what the relay has not published yet.
    { key: { service: 1, _id: 1 }, partialFilterExpression: { published: false } },
  ]);
  await collections.createIndex({ homeStream: 1, live: 1, createdAt: 1 });
  await members.createIndexes([
    { key: { stream: 1, version: 1 } },
    { key: { stream: 1, uid: 1 } },
    { key: { stream: 1, component: 1, reach: 1, starts: 1 } },
  ]);
  await tenants.createIndex({ names: 1 });
  await principals.createIndexes([{ key: { tenant: 1, names: 1 } }, { key: { tenant: 1, members: 1 } }]);
}

export const propertiesFrom = (json: string | null): PropertyValues => (json === null ? {} : JSON.parse(json));
