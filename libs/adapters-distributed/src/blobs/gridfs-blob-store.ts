import { randomUUID } from 'node:crypto';
import type { TenantId } from '@almanac/contracts';
import {
  type BlobRecord,
  type BlobStore,
  isDigest,
  MeasuredContent,
  rangeWithin,
  type StoredBlob,
  Unavailable,
} from '@almanac/ports';
import { type Collection, type Db, type Filter, MongoServerError } from 'mongodb';
import { orUnavailable } from '../mongo/or-unavailable.js';
import { readChunks, writeChunks } from './gridfs-chunks.js';
import {
  type ChunkDocument,
  chunksCollection,
  chunkSize,
  createBlobIndexes,
  type FileDocument,
  filesCollection,
  notBlobs,
  removedName,
  unfinishedName,
} from './gridfs-collections.js';

const duplicateKey = 11_000;

/** A removal may come between the refusal of the second blob and the renewal of the first, though hardly this often. */
const attempts = 20;

/**
 * Blobs in GridFS. The driver's bucket inserts the file last and under its final name; here the file comes first, so that
 * the chunks of a writer that died are found by it, and it becomes a blob by the one update that names it, which a
 * sweep can forestall, and a second writer of the same content cannot repeat.
 */
export class GridFsBlobStore implements BlobStore {
  readonly #database: Db;
  readonly #files: Collection<FileDocument>;
  readonly #chunks: Collection<ChunkDocument>;
  readonly #now: () => number;
  #indexes: Promise<void> | null = null;

  constructor(database: Db, now: () => number = Date.now) {
    this.#database = database;
    this.#files = filesCollection(database);
    this.#chunks = chunksCollection(database);
    this.#now = now;
  }

  async write(tenant: TenantId, content: AsyncIterable<Uint8Array>, limit?: number): Promise<BlobRecord> {
    const measured = new MeasuredContent(content, limit);
    const id = randomUUID();
    await orUnavailable(async () => {
      await this.#makeIndexes();
      const uploadDate = new Date(this.#now());
      await this.#files.insertOne({ _id: id, filename: unfinishedName(id), length: 0, chunkSize, uploadDate });
    });
    try {
      await writeChunks(this.#chunks, id, measured);
      return await orUnavailable(() => this.#publish(tenant, id, measured));
    } catch (error) {
      // Where the database is away, a sweep does it later.
      await this.#discard(id).catch(() => {});
      throw measured.failure ?? error;
    }
  }

  async #publish(tenant: TenantId, id: string, content: MeasuredContent): Promise<BlobRecord> {
    const { size: length } = content;
    const digest = content.digest();
    const filename = nameOf(tenant, digest);
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const uploadDate = new Date(this.#now());
      if (await this.#name(id, { filename, length, uploadDate })) {
        return { digest, size: length, writtenAt: uploadDate.getTime() };
      }
      const renewed = await this.#files.updateOne({ filename }, { $max: { uploadDate } });
      if (renewed.matchedCount === 0) continue;
      await this.#discard(id);
      return { digest, size: length, writtenAt: uploadDate.getTime() };
    }
    throw new Unavailable('the blob was removed again and again while it was written');
  }

  /** Fulfilled with false when there is such a blob already. */
  async #name(id: string, changes: Pick<FileDocument, 'filename' | 'length' | 'uploadDate'>): Promise<boolean> {
    try {
      const { matchedCount } = await this.#files.updateOne(
        { _id: id, filename: unfinishedName(id) },
        { $set: changes },
      );
      if (matchedCount === 0) throw new Unavailable('the upload was swept away before it was finished');
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === duplicateKey) return false;
      throw error;
    }
  }

  async open(tenant: TenantId, digest: string): Promise<StoredBlob | null> {
    if (!isDigest(digest)) return null;
    const file = await orUnavailable(() => this.#files.findOne({ filename: nameOf(tenant, digest) }));
    if (file === null) return null;
    return { ...recordFrom(file), read: (range) => readChunks(this.#chunks, file, rangeWithin(file.length, range)) };
  }

  async remove(tenant: TenantId, digest: string, writtenBefore?: number): Promise<boolean> {
    if (!isDigest(digest)) return true;
    const filename = nameOf(tenant, digest);
    return orUnavailable(async () => {
      const old = writtenBefore === undefined ? {} : { uploadDate: { $lt: new Date(writtenBefore) } };
      if (await this.#drop({ filename, ...old })) return true;
      return (await this.#files.findOne({ filename }, { projection: { _id: 1 } })) === null;
    });
  }

  async list(tenant: TenantId, after: string, limit: number): Promise<readonly BlobRecord[]> {
    // "0" follows "/".
    const own = { $gt: nameOf(tenant, after), $lt: `${tenant}0` };
    const found = this.#files.find({ filename: own }).sort({ filename: 1 }).limit(limit);
    return (await orUnavailable(() => found.toArray())).map(recordFrom);
  }

  async sweep(startedBefore: number): Promise<number> {
    return orUnavailable(async () => {
      const old: Filter<FileDocument> = { filename: notBlobs, uploadDate: { $lt: new Date(startedBefore) } };
      let count = 0;
      for (const { _id, filename } of await this.#files.find(old).toArray()) {
        if (await this.#drop({ _id, filename })) count += 1;
      }
      return count;
    });
  }

  /** A sweep that came first did not see the chunks that were written after it. What has become a blob stays. */
  async #discard(id: string): Promise<void> {
    if (await this.#drop({ _id: id, filename: unfinishedName(id) })) return;
    const file = await this.#files.findOne({ _id: id }, { projection: { filename: 1 } });
    if (file === null || file.filename.startsWith('~')) await this.#chunks.deleteMany({ files_id: id });
  }

  /** Nobody finds or names the file any more, then its chunks go, then itself. Fulfilled with false when none is such. */
  async #drop(which: Filter<FileDocument>): Promise<boolean> {
    const file = await this.#files.findOne(which, { projection: { _id: 1 } });
    if (file === null) return false;
    const { _id } = file;
    const { matchedCount } = await this.#files.updateOne({ ...which, _id }, { $set: { filename: removedName(_id) } });
    if (matchedCount === 0) return false;
    await this.#chunks.deleteMany({ files_id: _id });
    await this.#files.deleteOne({ _id });
    return true;
  }

  /** Before the first write, as what keeps a blob single is one of them. */
  #makeIndexes(): Promise<void> {
    this.#indexes ??= createBlobIndexes(this.#database).catch((error: unknown) => {
      this.#indexes = null;
      throw error;
    });
    return this.#indexes;
  }
}

const nameOf = (tenant: TenantId, digest: string): string => `${tenant}/${digest}`;

const recordFrom = ({ filename, length, uploadDate }: FileDocument): BlobRecord => ({
  digest: filename.slice(filename.indexOf('/') + 1),
  size: length,
  writtenAt: uploadDate.getTime(),
});
