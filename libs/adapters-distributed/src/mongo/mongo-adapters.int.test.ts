import { randomUUID } from 'node:crypto';
import { directoryContract, eventStoreContract, readModelsContract } from '@almanac/port-contracts';
import type { Db } from 'mongodb';
import { afterAll, describe, inject } from 'vitest';
import { commitsCollection, createIndexes, readModelCollections } from './collections.js';
import { connectMongo } from './connect-mongo.js';
import { MongoCollectionReader, MongoMemberReader } from './mongo-calendar-reader.js';
import { MongoPrincipalReader, MongoTenantReader } from './mongo-directory-reader.js';
import { MongoEventStore } from './mongo-event-store.js';
import { MongoReadModelWriter } from './mongo-read-model-writer.js';
import { MongoCollectionStateReader, MongoDirectoryStateReader } from './mongo-state-reader.js';

const { mongo, missing } = inject('servers');
const client = connectMongo(mongo || 'mongodb://none');
afterAll(() => client.close());

async function emptyDatabase(): Promise<Db> {
  const database = client.db(`test-${randomUUID()}`);
  await createIndexes(database);
  return database;
}

describe.skipIf(missing !== '')(`MongoDB${missing}`, () => {
  eventStoreContract(async () => new MongoEventStore(commitsCollection(await emptyDatabase()), 'calendar'));

  readModelsContract(async () => {
    const models = readModelCollections(await emptyDatabase());
    return {
      writer: new MongoReadModelWriter(models),
      collections: new MongoCollectionReader(models),
      members: new MongoMemberReader(models),
      states: new MongoCollectionStateReader(models),
    };
  });

  directoryContract(async () => {
    const models = readModelCollections(await emptyDatabase());
    return {
      writer: new MongoReadModelWriter(models),
      tenants: new MongoTenantReader(models),
      principals: new MongoPrincipalReader(models),
      states: new MongoDirectoryStateReader(models),
    };
  });
});
