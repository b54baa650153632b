import { randomUUID } from 'node:crypto';
import {
  attachmentReaderContract,
  directoryContract,
  eventStoreContract,
  outcomeLogContract,
  readModelsContract,
} from '@almanac/port-contracts';
import type { Db } from 'mongodb';
import { afterAll, afterEach, describe, inject } from 'vitest';
import { commitsCollection } from './collections.js';
import { connectMongo } from './connect-mongo.js';
import { MongoAttachmentReader } from './mongo-attachment-reader.js';
import { MongoCollectionReader, MongoMemberReader } from './mongo-calendar-reader.js';
import { MongoPrincipalReader, MongoTenantReader } from './mongo-directory-reader.js';
import { MongoEventStore } from './mongo-event-store.js';
import { MongoOutcomeLog, outcomesCollection } from './mongo-outcome-log.js';
import { MongoReadModelWriter } from './mongo-read-model-writer.js';
import { MongoCollectionStateReader, MongoDirectoryStateReader } from './mongo-state-reader.js';
import { ReadModels } from './read-models.js';
import { MongoTrashReader } from './mongo-trash-reader.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

const started: ReadModels[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map((models) => models.stop()));
});

async function emptyDatabase(): Promise<{ database: Db; models: ReadModels }> {
  const database = client.db(`test-${randomUUID()}`);
  const models = new ReadModels(database, { instance: 'test' });
  await models.start();
  started.push(models);
  return { database, models };
}

describe.skipIf(missing !== '')(`MongoDB${missing}`, () => {
  eventStoreContract(async () => {
    const { database } = await emptyDatabase();
    return new MongoEventStore(commitsCollection(database), 'calendar');
  });

  outcomeLogContract(async () => {
    const { database } = await emptyDatabase();
    return new MongoOutcomeLog(outcomesCollection(database));
  });

  readModelsContract(async () => {
    const { models } = await emptyDatabase();
    return {
      writer: new MongoReadModelWriter(models),
      collections: new MongoCollectionReader(models),
      members: new MongoMemberReader(models),
      states: new MongoCollectionStateReader(models),
      trash: new MongoTrashReader(models),
    };
  });

  attachmentReaderContract(async () => {
    const { models } = await emptyDatabase();
    const reader = new MongoAttachmentReader(models);
    return { writer: new MongoReadModelWriter(models), attachments: reader, states: reader };
  });

  directoryContract(async () => {
    const { models } = await emptyDatabase();
    return {
      writer: new MongoReadModelWriter(models),
      tenants: new MongoTenantReader(models),
      principals: new MongoPrincipalReader(models),
      states: new MongoDirectoryStateReader(models),
    };
  });
});
