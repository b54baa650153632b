import type { TenantId } from '@almanac/contracts';

export interface BlobRecord {
  /** SHA-256 of the content in lower-case hexadecimal: a blob's name is its content. */
  readonly digest: string;
  readonly size: number;
  /** When this content was last written, in milliseconds since 1970: writing it again makes it young again. */
  readonly writtenAt: number;
}

/** The octets from `start` on, without `end` itself. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

export interface StoredBlob extends BlobRecord {
  /**
   * Nothing is held before the first piece is asked for, and nothing after the last, or when the reader stops half-way.
   * It ends early in no case: it throws BlobGone where the blob was removed meanwhile, Unavailable where the store went away.
   * @throws RangeError for a range that is not within the blob
   */
  read(range?: ByteRange): AsyncIterable<Uint8Array>;
}

/** Contents of any size, by tenant and digest. Contract: `blob-store.contract.ts`. Each method throws Unavailable. */
export interface BlobStore {
  /**
   * Fulfilled once the content is durable. A content that is there already stays one blob and becomes young again, so that
   * a collector which has just found it to be old leaves it (`remove`). The source is read as fast as the store takes it.
   * @throws BlobTooLarge for more octets than `limit`, or what the source throws; nothing is left but what `sweep` finds.
   */
  write(tenant: TenantId, content: AsyncIterable<Uint8Array>, limit?: number): Promise<BlobRecord>;
  open(tenant: TenantId, digest: string): Promise<StoredBlob | null>;
  /**
   * Removes the blob if it was last written before that time, in one step: what is written at the same time stays.
   * A reader may get the rest, or BlobGone. Fulfilled with false when the blob is younger and stays.
   */
  remove(tenant: TenantId, digest: string, writtenBefore?: number): Promise<boolean>;
  /** A tenant's blobs by digest, those after `after` (empty: from the beginning); fewer than `limit` are the last. */
  list(tenant: TenantId, after: string, limit: number): Promise<readonly BlobRecord[]>;
  /**
   * Clears up after writes of all tenants that began before that time and were never finished, and after removals that
   * were interrupted; tells how many. A write that still runs is not acknowledged then.
   */
  sweep(startedBefore: number): Promise<number>;
}

/** The source has more octets than were allowed. */
export class BlobTooLarge extends Error {
  override readonly name = 'BlobTooLarge';

  constructor(limit: number) {
    super(`the content has more than ${limit} octets`);
  }
}

/** The blob was removed before it was read to the end. */
export class BlobGone extends Error {
  override readonly name = 'BlobGone';

  constructor(digest: string) {
    super(`the blob ${digest} was removed while it was read`);
  }
}

/** Anything else names no blob, and is no part of a path. */
export const isDigest = (name: string): boolean => /^[0-9a-f]{64}$/.test(name);

/** The range, or all. @throws RangeError */
export function rangeWithin(size: number, range: ByteRange = { start: 0, end: size }): ByteRange {
  const { start, end } = range;
  if (Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end && end <= size) return range;
  throw new RangeError(`the octets ${start} to ${end} are not within a blob of ${size}`);
}
