import { randomUUID } from 'node:crypto';
import { tenantId } from '@almanac/contracts';
import { blobStoreContract, octets, pieces } from '@almanac/port-contracts';
import { Unavailable } from '@almanac/ports';
import { MongoClient } from 'mongodb';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { connectMongo } from '../mongo/connect-mongo.js';
import { GridFsBlobStore } from './gridfs-blob-store.js';
import { chunksCollection, filesCollection } from './gridfs-collections.js';

const { mongo, missing } = inject('servers');
const clients = [connectMongo({ url: mongo || 'mongodb://none' }), connectMongo({ url: mongo || 'mongodb://none' })];
afterAll(() => Promise.all(clients.map((client) => client.close())));

const used: string[] = [];
afterEach(async () => {
  for (const name of used.splice(0)) await clients[0]?.db(name).dropDatabase();
});

/** The same new database, as two processes see it. */
function newDatabase() {
  const name = `test-${randomUUID()}`;
  used.push(name);
  const [database, again] = clients.map((client) => client.db(name));
  if (database === undefined || again === undefined) throw new Error('no clients');
  return { database, again };
}

const tenant = tenantId('example');
const text = (value: string) => pieces(new TextEncoder().encode(value));

describe.skipIf(missing !== '')(`GridFS${missing}`, () => {
  blobStoreContract(async () => {
    const { database, again } = newDatabase();
    return { store: new GridFsBlobStore(database), other: new GridFsBlobStore(again) };
  });

  it('holds one file and its chunks for a content that two processes write at once', async () => {
    const { database, again } = newDatabase();
    const content = octets(600_000);
    const stores = [database, again].map((one) => new GridFsBlobStore(one));
    await Promise.all(stores.map((store) => store.write(tenant, pieces(content))));
    expect(await filesCollection(database).countDocuments({})).toBe(1);
    expect(await chunksCollection(database).countDocuments({})).toBe(3);
  });

  it('finds what a process that died has left by its age', async () => {
    const { database, again } = newDatabase();
    async function* never(): AsyncGenerator<Uint8Array> {
      yield octets(5 * 1024 * 1024);
      await new Promise(() => {});
    }
    let clock = 1_000_000_000_000;
    void new GridFsBlobStore(database, () => clock).write(tenant, never());
    while ((await chunksCollection(database).countDocuments({})) < 16);
    const store = new GridFsBlobStore(again, () => clock);
    clock += 60_000;
    await store.write(tenant, text('kept'));
    expect(await store.sweep(clock - 60_000)).toBe(0);
    expect(await store.sweep(clock - 59_999)).toBe(1);
    expect(await filesCollection(database).countDocuments({})).toBe(1);
    expect(await chunksCollection(database).countDocuments({})).toBe(1);
  });

  it('leaves no chunk of a write that was swept away under way', async () => {
    const { database, again } = newDatabase();
    async function* source(): AsyncGenerator<Uint8Array> {
      yield octets(5 * 1024 * 1024);
      yield octets(5 * 1024 * 1024);
      expect(await new GridFsBlobStore(again).sweep(Date.now() + 60_000)).toBe(1);
      yield octets(5 * 1024 * 1024);
    }
    await expect(new GridFsBlobStore(database).write(tenant, source())).rejects.toThrow(Unavailable);
    expect(await chunksCollection(database).countDocuments({})).toBe(0);
  });

  it('finishes a removal that was interrupted', async () => {
    const { database } = newDatabase();
    const store = new GridFsBlobStore(database);
    const { digest } = await store.write(tenant, text('half removed'));
    await filesCollection(database).updateOne({}, { $set: { filename: '~removed/x' } });
    expect(await store.open(tenant, digest)).toBeNull();
    expect(await store.sweep(Date.now() + 60_000)).toBe(1);
    expect(await filesCollection(database).countDocuments({})).toBe(0);
    expect(await chunksCollection(database).countDocuments({})).toBe(0);
  });
});

describe('GridFS without a server', () => {
  const away = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
  afterAll(() => away.close());
  const store = new GridFsBlobStore(away.db('x'));

  it.each([
    ['write', () => store.write(tenant, text('x'))],
    ['open', () => store.open(tenant, 'a'.repeat(64))],
    ['remove', () => store.remove(tenant, 'a'.repeat(64))],
    ['list', () => store.list(tenant, '', 1)],
    ['sweep', () => store.sweep(1)],
  ])('is unavailable: %s', async (_what, work) => {
    await expect(work()).rejects.toThrow(Unavailable);
  });
});
