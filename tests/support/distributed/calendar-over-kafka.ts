import { randomUUID } from 'node:crypto';
import {
  CommitRelay,
  commitsCollection,
  type connectKafka,
  createTopics,
  KafkaCommandConsumer,
  KafkaCommandGateway,
  KafkaEventFeed,
  kafkaNames,
  leasesCollection,
  MongoCollectionReader,
  MongoCollectionStateReader,
  MongoEventStore,
  MongoMemberReader,
  MongoReadModelWriter,
  positionsCollection,
  PublishingEventStore,
  ReadModels,
} from '@almanac/adapters-distributed';
import { collectionCommands } from '@almanac/collection-service';
import { projector } from '@almanac/event-sourcing';
import type { BatchHandler } from '@almanac/ports';
import { collectionProjections } from '@almanac/read-model';

export interface CalendarParts {
  readonly kafka: ReturnType<typeof connectKafka>;
  readonly database: ConstructorParameters<typeof ReadModels>[0];
  /** What stands before the service's own handling of a batch. */
  readonly before?: (handle: BatchHandler) => BatchHandler;
}

export type CalendarOverKafka = Awaited<ReturnType<typeof calendarOverKafka>>;

/** The calendar service over MongoDB, behind real topics of its own. */
export async function calendarOverKafka({ kafka, database, before = (handle) => handle }: CalendarParts) {
  const id = randomUUID();
  const names = kafkaNames(`${id}.`);
  const models = new ReadModels(database, { instance: id });
  const topics = createTopics(kafka, names, ['calendar'], { partitions: 2, replicationFactor: 1 });
  await Promise.all([topics, models.start()]);
  const commits = commitsCollection(database);
  const leases = leasesCollection(database);
  const relay = new CommitRelay(kafka, { names, service: 'calendar', commits, leases, instance: id });
  const store = new PublishingEventStore(new MongoEventStore(commits, 'calendar'), relay);
  const states = new MongoCollectionStateReader(models);
  const project = projector(collectionProjections, new MongoReadModelWriter(models));
  const calendar = before(collectionCommands({ store, states, project, now: Date.now }));
  const owner = new KafkaCommandConsumer(kafka, { names, handlers: { calendar } });
  const lookup: ConstructorParameters<typeof KafkaCommandGateway>[1]['lookup'] = async (command) =>
    (await store.findByCommands([command]))[0];
  const gateway = new KafkaCommandGateway(kafka, { names, frontend: id, lookup });
  const positions = positionsCollection(database);
  const feed = new KafkaEventFeed(kafka, { names, services: ['calendar'], commits, positions });
  await Promise.all([gateway.start(), owner.start(), relay.start()]);
  return {
    names,
    store,
    gateway,
    feed,
    collections: new MongoCollectionReader(models),
    members: new MongoMemberReader(models),
    async stop(): Promise<void> {
      await feed.stop();
      await Promise.all([gateway.close(), owner.stop(), relay.stop(), models.stop()]);
    },
  };
}
