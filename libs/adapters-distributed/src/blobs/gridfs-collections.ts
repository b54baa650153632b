import type { Binary, Collection, CollectionOptions, Db, ObjectId } from 'mongodb';

/**
 * A file of GridFS (https://github.com/mongodb/specifications/blob/master/source/gridfs/gridfs-spec.md), so that
 * MongoDB's own tools read and restore blobs. What a file is stands in its name alone, one document and so one step:
 * `<tenant>/<digest>` is a blob, `~unfinished/<id>` is being written, `~removed/<id>` is being removed.
 */
export interface FileDocument {
  /** Random, not an ObjectId: these would send all that is written at a time to one shard. */
  readonly _id: string;
  readonly filename: string;
  readonly length: number;
  readonly chunkSize: number;
  readonly uploadDate: Date;
}

export interface ChunkDocument {
  readonly _id: ObjectId;
  readonly files_id: string;
  readonly n: number;
  readonly data: Binary;
}

/** GridFS' own default: a chunk and its fields stay below a power of two. */
export const chunkSize = 255 * 1024;

/** Whatever the client was opened with. */
const durable: CollectionOptions = {
  writeConcern: { w: 'majority', j: true },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
};

export const filesCollection = (database: Db): Collection<FileDocument> => database.collection('blobs.files', durable);

export const chunksCollection = (database: Db): Collection<ChunkDocument> =>
  database.collection('blobs.chunks', durable);

/**
 * The first keeps two files from becoming the same blob; it stays unique in a cluster that shards `blobs.files` by
 * {filename: 1}. `blobs.chunks` is sharded by {files_id: 1}: ids are random, so it spreads without being hashed, which would
 * rule the second index out.
 */
export async function createBlobIndexes(database: Db): Promise<void> {
  await filesCollection(database).createIndexes([{ key: { filename: 1 }, unique: true }]);
  await chunksCollection(database).createIndexes([{ key: { files_id: 1, n: 1 }, unique: true }]);
}

export const unfinishedName = (id: string): string => `~unfinished/${id}`;
export const removedName = (id: string): string => `~removed/${id}`;

/** Ids of tenants begin with a letter or a digit. */
export const notBlobs = { $gte: '~', $lt: '\u007f' };
