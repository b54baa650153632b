import type { S3Client } from '@aws-sdk/client-s3';
import type { TenantId } from '@almanac/contracts';
import { log } from '@almanac/observability';
import {
  BlobGone,
  type BlobRecord,
  type BlobStore,
  type ByteRange,
  isDigest,
  MeasuredContent,
  rangeWithin,
  type StoredBlob,
  Unavailable,
} from '@almanac/ports';
import { isMissing, isS3Away, orUnavailable } from './is-s3-away.js';
import { regrouped } from './regrouped.js';
import {
  afterBlob,
  blobPrefix,
  copyKey,
  digestIn,
  isOurs,
  tenantPrefix,
  timeOf,
  unfinishedKey,
  unfinishedPrefix,
} from './s3-keys.js';
import { type CopyLimits, copyLimits, copyObject, partSize, uploadParts } from './s3-multipart.js';
import { type S3Object, S3Objects } from './s3-objects.js';

export interface S3BlobStoreOptions {
  readonly now?: () => number;
  readonly copyLimits?: CopyLimits;
}

/**
 * Blobs in a bucket, as `blobs/<tenant>/<digest>/<copy>` (`blob-copy.ts`: S3 removes on no condition). A key holds the
 * digest, which is known at the end: what fits into one part is put where it belongs at once; what is larger is
 * uploaded in parts under another key and copied by the server. To spool it here first would need a disk for the largest
 * blobs in every frontend, and send nothing before the last octet has come.
 * The server must list what it has just acknowledged, as S3 does since 2020.
 */
export class S3BlobStore implements BlobStore {
  readonly #objects: S3Objects;
  readonly #now: () => number;
  readonly #copyLimits: CopyLimits;

  constructor(client: S3Client, bucket: string, options: S3BlobStoreOptions = {}) {
    this.#objects = new S3Objects(client, bucket);
    this.#now = options.now ?? Date.now;
    this.#copyLimits = options.copyLimits ?? copyLimits;
  }

  async write(tenant: TenantId, content: AsyncIterable<Uint8Array>, limit?: number): Promise<BlobRecord> {
    const measured = new MeasuredContent(content, limit);
    const parts = regrouped(measured, partSize);
    try {
      const { value: first = new Uint8Array() } = await parts.next();
      const key = await orUnavailable(() =>
        first.byteLength < partSize
          ? this.#put(tenant, first, measured)
          : this.#upload(tenant, following(first, parts), measured),
      );
      const digest = digestIn(key);
      await this.#leaveNewest(tenant, digest);
      return { digest, size: measured.size, writtenAt: timeOf(key) };
    } catch (error) {
      throw measured.failure ?? error;
    } finally {
      await parts.return(undefined);
    }
  }

  async #put(tenant: TenantId, content: Uint8Array, measured: MeasuredContent): Promise<string> {
    const key = copyKey(tenant, measured.digest(), this.#now());
    await this.#objects.put(key, content);
    return key;
  }

  async #upload(tenant: TenantId, parts: AsyncIterable<Uint8Array>, measured: MeasuredContent): Promise<string> {
    const from = unfinishedKey(this.#now());
    try {
      await uploadParts(this.#objects, from, parts);
      const to = copyKey(tenant, measured.digest(), this.#now());
      await copyObject(this.#objects, { from, to, size: measured.size }, this.#copyLimits);
      return to;
    } catch (error) {
      if (isMissing(error)) throw new Unavailable('the upload was swept away before it was finished', { cause: error });
      throw error;
    } finally {
      await this.#objects.delete(from).catch(() => {});
    }
  }

  /** The content is durable by now: what fails here is done by the next write or removal. */
  async #leaveNewest(tenant: TenantId, digest: string): Promise<void> {
    try {
      const copies = await this.#copies(tenant, digest);
      for (const { key } of copies.slice(0, -1)) await this.#objects.delete(key);
    } catch (error) {
      log('warn', 'older copies of a blob were not removed', { tenant, digest, error });
    }
  }

  async open(tenant: TenantId, digest: string): Promise<StoredBlob | null> {
    const copy = (await orUnavailable(() => this.#copies(tenant, digest))).at(-1);
    if (copy === undefined) return null;
    const { key, size } = copy;
    const read = (range?: ByteRange) => this.#read(tenant, key, rangeWithin(size, range));
    return { digest, size, writtenAt: timeOf(key), read };
  }

  async remove(tenant: TenantId, digest: string, writtenBefore: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    return orUnavailable(async () => {
      const copies = await this.#copies(tenant, digest);
      const old = copies.filter(({ key }) => timeOf(key) < writtenBefore);
      for (const { key } of old) await this.#objects.delete(key);
      return old.length === copies.length;
    });
  }

  async list(tenant: TenantId, after: string, limit: number): Promise<readonly BlobRecord[]> {
    return orUnavailable(async () => {
      const found: BlobRecord[] = [];
      const from = after === '' ? '' : afterBlob(tenant, after);
      const pageSize = Math.min(1000, limit + 1);
      for await (const { key, size } of this.#objects.list(tenantPrefix(tenant), { after: from, pageSize })) {
        if (!isOurs(key)) continue;
        const digest = digestIn(key);
        if (found.at(-1)?.digest === digest) found.pop();
        if (found.length === limit) break;
        found.push({ digest, size, writtenAt: timeOf(key) });
      }
      return found;
    });
  }

  async sweep(startedBefore: number): Promise<number> {
    return orUnavailable(async () => {
      let count = 0;
      for await (const { key, id, startedAt } of this.#objects.uploads()) {
        if (!isOurs(key) || startedAt >= startedBefore) continue;
        await this.#objects.abort(key, id);
        count += 1;
      }
      for await (const { key } of this.#objects.list(unfinishedPrefix)) {
        if (!isOurs(key) || timeOf(key) >= startedBefore) continue;
        await this.#objects.delete(key);
        count += 1;
      }
      return count;
    });
  }

  /** The oldest first. */
  async #copies(tenant: TenantId, digest: string): Promise<readonly S3Object[]> {
    const copies: S3Object[] = [];
    if (!isDigest(digest)) return copies;
    for await (const object of this.#objects.list(blobPrefix(tenant, digest)))
      if (isOurs(object.key)) copies.push(object);
    return copies;
  }

  async *#read(tenant: TenantId, key: string, range: ByteRange): AsyncGenerator<Uint8Array> {
    const size = range.end - range.start;
    if (size === 0) return;
    const body = await orUnavailable(() => this.#getNewest(tenant, key, range));
    let seen = 0;
    try {
      for await (const piece of body as AsyncIterable<Uint8Array>) {
        seen += piece.byteLength;
        yield piece;
      }
    } catch (error) {
      if (isS3Away(error)) throw new Unavailable('the object store has gone away', { cause: error });
      throw error;
    } finally {
      body.destroy();
    }
    if (seen !== size) throw new Unavailable(`the object store sent ${seen} octets of ${size}`);
  }

  /** Where the copy that was found has just given way to a newer one, that is as good. */
  async #getNewest(tenant: TenantId, key: string, range: ByteRange) {
    const digest = digestIn(key);
    for (let newest: string | undefined = key; newest !== undefined; ) {
      const body = await this.#objects.get(newest, range);
      if (body !== null) return body;
      newest = (await this.#copies(tenant, digest)).at(-1)?.key;
    }
    throw new BlobGone(digest);
  }
}

async function* following(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first;
  yield* rest;
}
