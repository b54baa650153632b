import { randomUUID } from 'node:crypto';
import { commit, stream } from '@almanac/port-contracts';
import { Unavailable, VersionConflict } from '@almanac/ports';
import { type Collection, MongoBulkWriteError, MongoClient, MongoNetworkError } from 'mongodb';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { commitsCollection, createIndexes } from './collections.js';
import { connectMongo } from './connect-mongo.js';
import { MongoEventStore, type StoredCommit } from './mongo-event-store.js';
import { ReadModels } from './read-models.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

/** The connection is cut after the server has written, before its answer comes. */
const cutAfterInsert = (commits: Collection<StoredCommit>): Collection<StoredCommit> =>
  new Proxy(commits, {
    get(target, name) {
      if (name !== 'insertMany') return Reflect.get(target, name) as unknown;
      return async (...given: Parameters<typeof commits.insertMany>) => {
        await target.insertMany(...given);
        throw new MongoBulkWriteError(new MongoNetworkError('cut') as never, {} as never);
      };
    },
  });

describe.skipIf(missing !== '')(`The log in MongoDB${missing}`, () => {
  it('bears an append whose answer was lost: it is found by its command, and refused when it comes again', async () => {
    const database = client.db(`test-${randomUUID()}`);
    await createIndexes(database);
    const commits = commitsCollection(database);
    const cut = new MongoEventStore(cutAfterInsert(commits), 'calendar');
    await expect(cut.append([commit(1)])).rejects.toThrow(Unavailable);
    const store = new MongoEventStore(commits, 'calendar');
    expect(await store.findByCommands([commit(1)])).toEqual([commit(1)]);
    await expect(store.append([commit(1)])).rejects.toThrow(VersionConflict);
    expect(await store.heads([stream])).toEqual(new Map([[stream, { version: 1 }]]));
  });
});

describe('A MongoDB that does not answer', () => {
  const away = new MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 50 });
  afterAll(() => away.close());
  const store = new MongoEventStore(commitsCollection(away.db('x')), 'calendar');
  const models = new ReadModels(away.db('x'), { instance: 'test' });

  it.each([
    ['append', () => store.append([commit(1)])],
    ['read', () => store.read(stream, 0, 1)],
    ['heads', () => store.heads([stream])],
    ['findByCommands', () => store.findByCommands([commit(1)])],
    ['the read models, read', () => models.read('calendars', async () => {})],
    ['the read models, written', () => models.write('calendars', async () => {})],
  ])('is unavailable: %s', async (_what, work) => {
    await expect(work()).rejects.toThrow(Unavailable);
  });
});
