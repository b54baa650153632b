import type {
  AttachmentRecord,
  CollectionRecord,
  MemberTimes,
  PrincipalRecord,
  PropertyValues,
  ReminderMemory,
  TenantRecord,
} from '@almanac/contracts';
import type { Binary, Collection, Db } from 'mongodb';
import { commitIndexes } from './indexes.js';
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
  /** The version of the commit that set the properties last: a guard of their own, as `version` is the content's. */
  readonly propertiesVersion: number;
  readonly facts: MemberTimes['facts'] | null;
  readonly occurrences: Binary | null;
  readonly data: Binary | null;
  readonly epoch: string | null;
  /** The version of the commit that set the epoch: that of the content, or a later renewal. */
  readonly epochVersion: number;
  readonly createdBy: string;
  readonly memory: ReminderMemory | null;
}

/** `_id` is the stream. */
export interface HomeDocument extends Guarded {
  readonly defaultCalendar: string;
  readonly defaultTasks: string;
  readonly properties: string;
}

/** `_id` is the stream. Names of members and properties may hold dots: they are kept as JSON. */
export interface OverlayDocument extends Guarded {
  readonly home: string;
  readonly record: string;
}

/** `_id` is the stream of the deleted collection and the version that deleted it. */
export interface TrashDocument extends Guarded {
  readonly stream: string;
  readonly home: string;
  readonly record: string;
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

/** `_id` is `<stream>/<managed id>`. */
export interface AttachmentDocument extends Guarded {
  readonly stream: string;
  readonly tenant: string;
  readonly managedId: string;
  readonly digest: string | null;
  readonly idleSince: number | null;
  /** The members that refer to it, as `<stream>/<name>`, and their collections. */
  readonly holders: readonly string[];
  readonly collections: readonly string[];
  readonly record: AttachmentRecord | null;
}

/** `_id` is the stream. */
export interface AttachmentHomeDocument {
  readonly _id: string;
  readonly version: number;
  readonly tenant: string;
  readonly used: number;
  readonly kept: number;
  /** By collection, whose names have dots: kept as JSON. */
  readonly positions: string;
}

/** How far a consumer of the feed has come in a stream; `_id` is `<consumer>@<stream>`. */
export interface FeedPosition {
  readonly _id: string;
  readonly version: number;
}

export const positionsCollection = (database: Db): Collection<FeedPosition> => database.collection('feed_positions');

export const commitsCollection = (database: Db): Collection<StoredCommit> => database.collection('commits');

/** Those of the log; making an index that is there changes nothing. */
export async function createIndexes(database: Db): Promise<void> {
  await commitsCollection(database).createIndexes([...commitIndexes]);
}

export const propertiesFrom = (json: string | null): PropertyValues => (json === null ? {} : JSON.parse(json));
