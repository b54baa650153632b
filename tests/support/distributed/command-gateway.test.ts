import { randomUUID } from 'node:crypto';
import {
  CommitRelay,
  commitsCollection,
  connectKafka,
  connectMongo,
  createTopics,
  KafkaCommandConsumer,
  KafkaCommandGateway,
  kafkaNames,
  leasesCollection,
  MongoCollectionStateReader,
  MongoEventStore,
  MongoReadModelWriter,
  PublishingEventStore,
  ReadModels,
} from '@almanac/adapters-distributed';
import { collectionCommands } from '@almanac/collection-service';
import { projector } from '@almanac/event-sourcing';
import { commandGatewayContract } from '@almanac/port-contracts';
import { collectionProjections } from '@almanac/read-model';
import { afterAll, afterEach, describe, inject } from 'vitest';

const { kafka: broker, mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
const kafka = connectKafka({ brokers: [broker] });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});
afterAll(() => client.close());

/** The calendar service over MongoDB, behind real topics of its own. */
async function calendarOverKafka(): Promise<KafkaCommandGateway> {
  const id = randomUUID();
  const names = kafkaNames(`${id}.`);
  const database = client.db(`test-${id}`);
  const topics = createTopics(kafka, names, ['calendar'], { partitions: 2, replicationFactor: 1 });
  const models = new ReadModels(database, { instance: id });
  await Promise.all([topics, models.start()]);
  const commits = commitsCollection(database);
  const leases = leasesCollection(database);
  const relay = new CommitRelay(kafka, { names, service: 'calendar', commits, leases, instance: id });
  const store = new PublishingEventStore(new MongoEventStore(commits, 'calendar'), relay);
  const calendar = collectionCommands({
    store,
    states: new MongoCollectionStateReader(models),
    project: projector(collectionProjections, new MongoReadModelWriter(models)),
    now: Date.now,
  });
  const owner = new KafkaCommandConsumer(kafka, { names, handlers: { calendar } });
  const gateway = new KafkaCommandGateway(kafka, {
    names,
    frontend: id,
    lookup: async (command) => (await store.findByCommands([command]))[0],
  });
  cleanups.push(
    () => gateway.close(),
    () => owner.stop(),
    () => relay.stop(),
    () => models.stop(),
  );
  await Promise.all([gateway.start(), owner.start(), relay.start()]);
  return gateway;
}

describe.skipIf(missing !== '')(`Kafka and MongoDB${missing}`, () => {
  commandGatewayContract(calendarOverKafka);
});
