import { type FileHandle, mkdir, open, readdir, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { TenantId } from '@almanac/contracts';
import {
  BlobGone,
  type BlobRecord,
  type BlobStore,
  type ByteRange,
  isCopyName,
  isDigest,
  MeasuredContent,
  newCopyName,
  rangeWithin,
  type StoredBlob,
  Unavailable,
  writtenAtOf,
} from '@almanac/ports';
import { BlobPaths } from './blob-paths.js';
import { moveDurably, writeDurably } from './durable-file.js';
import { isCode, orUnavailable, orWhenMissing } from './file-error.js';

const pieceSize = 256 * 1024;

interface Copy extends BlobRecord {
  readonly path: string;
}

/**
 * Blobs as files. A draft is written and synced, then moved to where its digest says; the older copies of the same
 * content go. Threads and processes need no lock between them (`blob-copy.ts`).
 */
export class FileBlobStore implements BlobStore {
  readonly #paths: BlobPaths;
  readonly #now: () => number;

  /** @param folder is made at the first write; its parent is there */
  constructor(folder: string, now: () => number = Date.now) {
    this.#paths = new BlobPaths(folder);
    this.#now = now;
  }

  async write(tenant: TenantId, content: AsyncIterable<Uint8Array>, limit?: number): Promise<BlobRecord> {
    const measured = new MeasuredContent(content, limit);
    const draft = join(this.#paths.drafts, newCopyName(this.#now()));
    this.#paths.tenant(tenant);
    try {
      return await orUnavailable(async () => {
        await mkdir(this.#paths.drafts, { recursive: true, mode: 0o700 });
        await writeDurably(draft, measured);
        return await this.#publish(tenant, draft, measured);
      });
    } catch (error) {
      await rm(draft, { force: true }).catch(() => {});
      throw measured.failure ?? error;
    }
  }

  async #publish(tenant: TenantId, draft: string, content: MeasuredContent): Promise<BlobRecord> {
    const digest = content.digest();
    const name = newCopyName(this.#now());
    const folder = this.#paths.copies(tenant, digest);
    try {
      await moveDurably(draft, folder, { name, root: this.#paths.parent });
    } catch (error) {
      if (!isCode(error, 'ENOENT')) throw error;
      throw new Unavailable('the draft was swept away before it was finished', { cause: error });
    }
    const older = (await this.#names(tenant, digest)).slice(0, -1);
    await this.#drop(tenant, digest, older);
    return { digest, size: content.size, writtenAt: writtenAtOf(name) };
  }

  async open(tenant: TenantId, digest: string): Promise<StoredBlob | null> {
    const copy = await orUnavailable(() => this.#newest(tenant, digest));
    if (copy === null) return null;
    const { size, writtenAt } = copy;
    return { digest, size, writtenAt, read: (range) => this.#read(tenant, digest, rangeWithin(size, range)) };
  }

  async remove(tenant: TenantId, digest: string, writtenBefore: number = Number.POSITIVE_INFINITY): Promise<boolean> {
    return orUnavailable(async () => {
      const names = await this.#names(tenant, digest);
      const old = names.filter((name) => writtenAtOf(name) < writtenBefore);
      await this.#drop(tenant, digest, old);
      return old.length === names.length;
    });
  }

  /** What a killed write or removal has left of folders without a copy goes by the way: nobody else comes past there. */
  async list(tenant: TenantId, after: string, limit: number): Promise<readonly BlobRecord[]> {
    return orUnavailable(async () => {
      const found: BlobRecord[] = [];
      for (const digits of await sortedNames(this.#paths.tenant(tenant))) {
        if (digits < after.slice(0, 2)) continue;
        for (const digest of await sortedNames(this.#paths.shard(tenant, digits))) {
          if (found.length >= limit) return found;
          if (digest <= after) continue;
          const copy = await this.#newest(tenant, digest);
          if (copy === null) await this.#dropFolder(tenant, digest);
          else found.push({ digest, size: copy.size, writtenAt: copy.writtenAt });
        }
      }
      return found;
    });
  }

  async sweep(startedBefore: number): Promise<number> {
    return orUnavailable(async () => {
      const drafts = await sortedNames(this.#paths.drafts);
      const old = drafts.filter((name) => isCopyName(name) && writtenAtOf(name) < startedBefore);
      for (const name of old) await rm(join(this.#paths.drafts, name), { force: true });
      return old.length;
    });
  }

  /** The copies of a content, the oldest first. */
  async #names(tenant: TenantId, digest: string): Promise<readonly string[]> {
    if (!isDigest(digest)) return [];
    return (await sortedNames(this.#paths.copies(tenant, digest))).filter(isCopyName);
  }

  /** Asks again when the one found has just given way to a newer one. */
  async #newest(tenant: TenantId, digest: string): Promise<Copy | null> {
    for (;;) {
      const name = (await this.#names(tenant, digest)).at(-1);
      if (name === undefined) return null;
      const path = join(this.#paths.copies(tenant, digest), name);
      const found = await orWhenMissing(null, () => stat(path));
      if (found !== null) return { digest, path, size: found.size, writtenAt: writtenAtOf(name) };
    }
  }

  async #drop(tenant: TenantId, digest: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const folder = this.#paths.copies(tenant, digest);
    for (const name of names) await rm(join(folder, name), { force: true });
    await this.#dropFolder(tenant, digest);
  }

  /** Refused when a newer copy is there; a write that has just made it makes it again. */
  async #dropFolder(tenant: TenantId, digest: string): Promise<void> {
    if (isDigest(digest)) await rmdir(this.#paths.copies(tenant, digest)).catch(() => {});
  }

  async *#read(tenant: TenantId, digest: string, { start, end }: ByteRange): AsyncGenerator<Uint8Array> {
    const handle = await orUnavailable(() => this.#openNewest(tenant, digest));
    try {
      for (let position = start; position < end; ) {
        const buffer = Buffer.allocUnsafe(Math.min(pieceSize, end - position));
        const { bytesRead } = await orUnavailable(() => handle.read(buffer, 0, buffer.length, position));
        if (bytesRead === 0) throw new BlobGone(digest);
        position += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await handle.close();
    }
  }

  async #openNewest(tenant: TenantId, digest: string): Promise<FileHandle> {
    for (;;) {
      const copy = await this.#newest(tenant, digest);
      if (copy === null) throw new BlobGone(digest);
      const handle = await orWhenMissing(null, () => open(copy.path, 'r'));
      if (handle !== null) return handle;
    }
  }
}

const sortedNames = async (folder: string): Promise<readonly string[]> =>
  (await orWhenMissing([], () => readdir(folder))).sort();
