import { setTimeout as delay } from 'node:timers/promises';
import { tenantId } from '@almanac/contracts';
import { BlobGone, type BlobStore, Unavailable } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { digestOf, octets, pieces, wholeOf } from './blob-content.js';

const mebibyte = 1024 * 1024;
const tenant = tenantId('example');
const text = (value: string): AsyncIterable<Uint8Array> => pieces(new TextEncoder().encode(value));

/** A source that stops after the content until it is released. */
function paused(content: Uint8Array) {
  let reach = () => {};
  let release = () => {};
  const isReached = new Promise<void>((resolve) => (reach = resolve));
  const isReleased = new Promise<void>((resolve) => (release = resolve));
  async function* source(): AsyncGenerator<Uint8Array> {
    yield* pieces(content);
    reach();
    await isReleased;
  }
  return { source: source(), isReached, release };
}

/** What a BlobStore does for whoever collects what is no longer wanted. */
export function blobCollectionContract(open: () => Promise<{ store: BlobStore; other: BlobStore }>): void {
  describe('BlobStore, collected', () => {
    it('removes a blob, once or twice, and takes it again', async () => {
      const { store, other } = await open();
      const { digest } = await store.write(tenant, text('gone'));
      expect(await other.remove(tenant, digest)).toBe(true);
      expect(await store.remove(tenant, digest)).toBe(true);
      expect(await store.open(tenant, digest)).toBeNull();
      expect(await store.sweep(Date.now() + 60_000)).toBe(0);
      await store.write(tenant, text('gone'));
      const found = await other.open(tenant, digest);
      expect(await wholeOf(found?.read() ?? text(''))).toEqual(Buffer.from('gone'));
    });

    it('leaves a blob that was written again since it was found to be old', async () => {
      const { store, other } = await open();
      const old = await store.write(tenant, text('wanted again'));
      let again = old;
      while (again.writtenAt === old.writtenAt) again = await other.write(tenant, text('wanted again'));
      expect(await store.remove(tenant, old.digest, again.writtenAt)).toBe(false);
      const found = await store.open(tenant, old.digest);
      expect(await wholeOf(found?.read() ?? text(''))).toEqual(Buffer.from('wanted again'));
      expect(await store.remove(tenant, old.digest, again.writtenAt + 1)).toBe(true);
      expect(await store.open(tenant, old.digest)).toBeNull();
    });

    it('never takes what is written while it removes, at whatever moment', async () => {
      const { store, other } = await open();
      const content = new TextEncoder().encode('fought over');
      const writeOnce = async (meanwhile: (took: number) => Promise<unknown>, took: number) => {
        const { source, isReached, release } = paused(content);
        const writing = other.write(tenant, source);
        await isReached;
        const begin = performance.now();
        release();
        const finished = writing.then((written) => ({ written, took: performance.now() - begin }));
        const [outcome] = await Promise.all([finished, meanwhile(took)]);
        return outcome;
      };
      let last = await writeOnce(async () => {}, 0);
      const rounds = 40;
      for (let round = 0; round < rounds; round += 1) {
        const { digest, writtenAt } = last.written;
        while (Date.now() <= writtenAt);
        // Begins sometimes with the end of the write, and sometimes just before the write is acknowledged.
        last = await writeOnce(async (took) => {
          await delay((took * round) / rounds);
          await store.remove(tenant, digest, writtenAt + 1);
        }, last.took);
        const found = await store.open(tenant, digest);
        expect(await wholeOf(found?.read() ?? text('')), `round ${round}`).toEqual(Buffer.from(content));
      }
      expect(await store.list(tenant, '', 10)).toHaveLength(1);
    });

    it('gives a reader all of a blob that is removed meanwhile, or says that it is gone', async () => {
      const { store } = await open();
      const content = octets(20 * mebibyte);
      const { digest } = await store.write(tenant, pieces(content));
      const found = await store.open(tenant, digest);
      const seen: Uint8Array[] = [];
      const read = async () => {
        for await (const piece of found?.read() ?? text('')) {
          if (seen.length === 0) await store.remove(tenant, digest);
          seen.push(piece);
        }
        return digestOf(Buffer.concat(seen));
      };
      const outcome = await read().catch((error: unknown) => error);
      if (outcome !== digest) expect([BlobGone, Unavailable]).toContain((outcome as Error).constructor);
      await expect(wholeOf(found?.read() ?? text(''))).rejects.toThrow(BlobGone);
    });

    it('lists in pages by digest', async () => {
      const { store } = await open();
      const contents = Array.from({ length: 23 }, (_, index) => `content ${index}`);
      const written = await Promise.all(contents.map((content) => store.write(tenant, text(content))));
      await store.write(tenantId('example-2'), text('of another tenant'));
      const seen = [];
      for (let after = ''; ; ) {
        const page = await store.list(tenant, after, 5);
        seen.push(...page);
        if (page.length < 5) break;
        after = page.at(-1)?.digest ?? '';
      }
      const byDigest = written.toSorted((one, next) => (one.digest < next.digest ? -1 : 1));
      expect(seen).toEqual(byDigest);
      expect(await store.list(tenantId('nobody'), '', 5)).toEqual([]);
    });

    it.each([100, 20 * mebibyte])('leaves a write under way that began later: %i octets', async (size) => {
      const { store, other } = await open();
      const before = Date.now() - 1_000;
      const { source, isReached, release } = paused(octets(size));
      const writing = store.write(tenant, source);
      await isReached;
      expect(await other.sweep(before)).toBe(0);
      expect(await store.list(tenant, '', 10)).toEqual([]);
      release();
      const { digest } = await writing;
      const found = await other.open(tenant, digest);
      expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(digestOf(octets(size)));
    });

    it.each([100, 20 * mebibyte])(
      'does not acknowledge a write that was swept away under way, or has all of it: %i octets',
      async (size) => {
        const { store, other } = await open();
        const { source, isReached, release } = paused(octets(size));
        const writing = store.write(tenant, source);
        await isReached;
        await other.sweep(Date.now() + 60_000);
        release();
        const outcome = await writing.catch((error: unknown) => error);
        const found = await other.open(tenant, digestOf(octets(size)));
        if (outcome instanceof Error) {
          expect(outcome).toBeInstanceOf(Unavailable);
          expect(found).toBeNull();
        } else {
          expect(digestOf(await wholeOf(found?.read() ?? text('')))).toBe(digestOf(octets(size)));
        }
        await other.sweep(Date.now() + 60_000);
        expect(await other.sweep(Date.now() + 60_000)).toBe(0);
      },
    );
  });
}
