import { tenantId } from '@almanac/contracts';
import { type BlobStore, BlobTooLarge } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { digestOf, failing, MemoryWatch, octets, pieces, wholeOf } from './blob-content.js';
import { blobCollectionContract } from './blob-store-collection.contract.js';

export interface BlobStoresUnderTest {
  readonly store: BlobStore;
  /** Another one over the same place, as in another process. */
  readonly other: BlobStore;
}

export interface BlobStoreContractOptions {
  /** How much goes through in one piece of work, in MiB: more than twice of what may be held meanwhile. */
  readonly large?: number;
}

const mebibyte = 1024 * 1024;
/** Garbage included, which is not always collected at once. */
const mostHeld = 128 * mebibyte;
const tenant = tenantId('example');
const neighbour = tenantId('example-2');
const text = (value: string): AsyncIterable<Uint8Array> => pieces(new TextEncoder().encode(value));

/** What every BlobStore does. @param open gives two over one new, empty place for each case. */
export function blobStoreContract(
  open: () => Promise<BlobStoresUnderTest>,
  { large = 300 }: BlobStoreContractOptions = {},
): void {
  describe('BlobStore', () => {
    it.each([0, 1, 261_120, 261_121, 5 * mebibyte + 3, 17 * mebibyte])(
      'gives back %i octets, to another process, too',
      async (size) => {
        const { store, other } = await open();
        const content = octets(size);
        const before = Date.now();
        const written = await store.write(tenant, pieces(content));
        expect(written).toMatchObject({ digest: digestOf(content), size });
        expect(written.writtenAt).toBeGreaterThanOrEqual(before);
        expect(written.writtenAt).toBeLessThanOrEqual(Date.now());
        const found = await other.open(tenant, written.digest);
        expect(found).toMatchObject(written);
        expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(written.digest);
      },
    );

    it('keeps the same content once, and young', async () => {
      const { store, other } = await open();
      const first = await store.write(tenant, text('same'));
      const second = await other.write(tenant, text('same'));
      expect(second.digest).toBe(first.digest);
      expect(second.writtenAt).toBeGreaterThanOrEqual(first.writtenAt);
      expect(await store.list(tenant, '', 10)).toEqual([second]);
    });

    it('keeps it once when several write it at the same time', async () => {
      const { store, other } = await open();
      const content = octets(9 * mebibyte);
      const digest = digestOf(content);
      const writes = [store, other, store, other].map((one) => one.write(tenant, pieces(content)));
      expect((await Promise.all(writes)).map((written) => written.digest)).toEqual(Array(4).fill(digest));
      expect(await store.list(tenant, '', 10)).toMatchObject([{ digest, size: content.length }]);
      for (const one of [store, other]) {
        const found = await one.open(tenant, digest);
        expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(digest);
      }
    });

    it('reads ranges, and refuses those that are not within', async () => {
      const { store } = await open();
      const content = octets(700_001);
      const { digest, size } = await store.write(tenant, pieces(content));
      const found = await store.open(tenant, digest);
      if (found === null) throw new Error('not found');
      const edges = [0, 1, 261_119, 261_120, 261_121, 522_240, size - 1, size];
      for (const [index, start] of edges.entries()) {
        for (const end of edges.slice(index)) {
          const part = await wholeOf(found.read({ start, end }));
          expect(digestOf(part), `${start} to ${end}`).toBe(digestOf(content.subarray(start, end)));
        }
      }
      for (const [start, end] of [
        [0, size + 1],
        [-1, 1],
        [2, 1],
        [size + 1, size + 1],
        [0.5, 1],
      ] as const) {
        expect(() => found.read({ start, end })).toThrow(RangeError);
      }
    });

    it('has nothing under a name that was not written, or is no digest', async () => {
      const { store } = await open();
      const { digest } = await store.write(tenant, text('here'));
      for (const name of [digestOf(octets(3)), '', '../example', digest.toUpperCase(), `${digest}/`]) {
        expect(await store.open(tenant, name)).toBeNull();
        expect(await store.remove(tenant, name)).toBe(true);
      }
      expect(await store.open(tenant, digest)).not.toBeNull();
    });

    it.each([0, 100, 20 * mebibyte])('leaves nothing of a source that fails after %i octets', async (size) => {
      const { store } = await open();
      const cut = Object.assign(new Error('the client is gone'), { code: 'ECONNRESET' });
      await expect(store.write(tenant, failing(octets(size), cut))).rejects.toBe(cut);
      expect(await store.list(tenant, '', 10)).toEqual([]);
      expect(await store.open(tenant, digestOf(octets(size)))).toBeNull();
      expect(await store.sweep(Date.now() + 60_000)).toBe(0);
    });

    it.each([10, 9 * mebibyte])('takes %i octets where so many are allowed, and not one more', async (limit) => {
      const { store } = await open();
      const content = octets(limit + 1);
      let isClosed = false;
      async function* source(): AsyncGenerator<Uint8Array> {
        try {
          yield* pieces(content);
          yield octets(50);
        } finally {
          isClosed = true;
        }
      }
      expect(await store.write(tenant, pieces(content.subarray(1)), limit)).toMatchObject({ size: limit });
      await expect(store.write(tenant, source(), limit)).rejects.toThrow(BlobTooLarge);
      expect(isClosed).toBe(true);
      expect(await store.list(tenant, '', 10)).toHaveLength(1);
      expect(await store.sweep(Date.now() + 60_000)).toBe(0);
    });

    it('bears readers that stop half-way, or never begin', async () => {
      const { store } = await open();
      const content = octets(3 * mebibyte);
      const { digest } = await store.write(tenant, pieces(content));
      for (let count = 0; count < 120; count += 1) {
        const found = await store.open(tenant, digest);
        const reading = found?.read() ?? text('');
        if (count % 2 === 0) for await (const _piece of reading) break;
      }
      const whole = await store.open(tenant, digest);
      expect(digestOf(await wholeOf(whole?.read() ?? text('')))).toBe(digest);
    });

    it('keeps tenants apart', async () => {
      const { store } = await open();
      const { digest } = await store.write(tenant, text('same'));
      expect(await store.open(neighbour, digest)).toBeNull();
      await store.write(neighbour, text('same'));
      await store.write(neighbour, text('other'));
      expect(await store.list(tenant, '', 10)).toHaveLength(1);
      expect(await store.remove(tenant, digest)).toBe(true);
      expect(await store.open(tenant, digest)).toBeNull();
      expect(await store.list(tenant, '', 10)).toEqual([]);
      expect(await store.open(neighbour, digest)).not.toBeNull();
      expect(await store.list(neighbour, '', 10)).toHaveLength(2);
    });

    it('never holds a whole content in memory', async () => {
      const { store } = await open();
      const piece = octets(mebibyte / 4);
      async function* source(): AsyncGenerator<Uint8Array> {
        for (let count = 0; count < 4 * large; count += 1) {
          piece.set([count % 256, count >> 8]);
          yield piece.slice();
        }
      }
      const writing = new MemoryWatch();
      const { digest, size } = await store.write(tenant, writing.watched(source()));
      expect(size).toBe(large * mebibyte);
      expect(writing.growth).toBeLessThan(mostHeld);
      const reading = new MemoryWatch();
      const found = await store.open(tenant, digest);
      let seen = 0;
      for await (const part of reading.watched(found?.read() ?? text(''))) seen += part.byteLength;
      expect(seen).toBe(size);
      expect(reading.growth).toBeLessThan(mostHeld);
    }, 240_000);
  });

  blobCollectionContract(open);
}
