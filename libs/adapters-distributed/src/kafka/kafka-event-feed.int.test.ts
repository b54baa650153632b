import { randomUUID } from 'node:crypto';
import type { Commit } from '@almanac/contracts';
import { commit, eventFeedContract } from '@almanac/port-contracts';
import type { Kafka } from 'kafkajs';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { commitsCollection, createIndexes, positionsCollection } from '../mongo/collections.js';
import { connectMongo } from '../mongo/connect-mongo.js';
import { MongoEventStore } from '../mongo/mongo-event-store.js';
import { leasesCollection } from '../lease.js';
import { commitMessage } from './cloud-event.js';
import { CommitRelay } from './commit-relay.js';
import { createTopics } from './create-topics.js';
import { connectKafka, producerOf } from './kafka-client.js';
import { KafkaEventFeed } from './kafka-event-feed.js';
import { kafkaNames } from './topics.js';

const { kafka: broker, mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
const kafka = connectKafka({ brokers: [broker] });
const services = ['calendar'] as const;

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});
afterAll(() => client.close());

async function emptyLog() {
  const id = randomUUID();
  const names = kafkaNames(`${id}.`);
  const database = client.db(`test-${id}`);
  await Promise.all([
    createTopics(kafka, names, services, { partitions: 2, replicationFactor: 1 }),
    createIndexes(database),
  ]);
  const commits = commitsCollection(database);
  const store = new MongoEventStore(commits, 'calendar');
  const openFeed = (over = kafka) => {
    const feed = new KafkaEventFeed(over, {
      names,
      services,
      commits,
      positions: positionsCollection(database),
    });
    cleanups.push(() => feed.stop());
    return feed;
  };
  const openRelay = async (sweepAfter = 60_000) => {
    const leases = leasesCollection(database);
    const options = {
      names,
      service: 'calendar',
      commits,
      leases,
      instance: id,
      sweepInterval: 50,
      sweepAfter,
    } as const;
    const relay = new CommitRelay(kafka, options);
    await relay.start();
    cleanups.push(() => relay.stop());
    return relay;
  };
  return { names, commits, store, openFeed, openRelay };
}

/** Everything that a feed gives, as versions. */
function recorder() {
  const versions: number[] = [];
  const consumer = {
    name: 'test',
    types: new Set(['CollectionDeleted'] as const),
    react: async ({ version }: Commit) => {
      versions.push(version);
    },
  };
  return { versions, consumer };
}

const untilOver = (over: AbortSignal): Promise<void> =>
  new Promise((_resolve, reject) => over.addEventListener('abort', () => reject(over.reason as Error)));

describe.skipIf(missing !== '')(`Kafka${missing}`, () => {
  eventFeedContract(async () => {
    const { store, openFeed, openRelay } = await emptyLog();
    const relay = await openRelay();
    const append = async (commits: readonly Commit[]) => {
      await store.append(commits);
      relay.publish(commits);
    };
    return { feed: openFeed(), reopen: async () => openFeed(), append };
  });

  it('drops what the relay repeats, and reads from the log what it left out', async () => {
    const { names, store, openFeed } = await emptyLog();
    const feed = openFeed();
    const { versions, consumer } = recorder();
    const commits = [1, 2, 3, 4, 5].map((version) => commit(version));
    await store.append(commits);
    const producer = producerOf(kafka);
    await producer.connect();
    const published = [1, 2, 1, 2, 5, 4].map((version) => commitMessage('calendar', commit(version)));
    await producer.send({ topic: names.events('calendar'), messages: published });
    await producer.disconnect();
    feed.subscribe(consumer);
    await feed.settled();
    expect(versions).toEqual([1, 2, 3, 4, 5]);
  });

  it('ends a reaction that takes long when others join its group, and begins it anew', async () => {
    const { store, openFeed, openRelay } = await emptyLog();
    const relay = await openRelay();
    await store.append([commit(1)]);
    const { versions, consumer } = recorder();
    let begun = 0;
    const react = (one: Commit, over: AbortSignal): Promise<void> => {
      begun += 1;
      return begun > 1 ? consumer.react(one) : untilOver(over);
    };
    openFeed().subscribe({ ...consumer, react });
    relay.publish([commit(1)]);
    await expect.poll(() => begun).toBe(1);
    openFeed().subscribe({ ...consumer, react });
    await expect.poll(() => versions).toEqual([1]);
    expect(begun).toBe(2);
  });

  it('stops, though it never joined its group', async () => {
    const { openFeed } = await emptyLog();
    const consumer = (config: Parameters<Kafka['consumer']>[0]) => ({ ...kafka.consumer(config), run: async () => {} });
    const feed = openFeed({ consumer } as Kafka);
    feed.subscribe(recorder().consumer);
    await Promise.resolve();
    await feed.stop();
  });

  it('a sweep publishes what others left behind, more than one page of it', async () => {
    const { store, commits, openFeed, openRelay } = await emptyLog();
    const all = Array.from({ length: 450 }, (_, index) => commit(index + 1));
    await store.append(all);
    const { versions, consumer } = recorder();
    const feed = openFeed();
    feed.subscribe(consumer);
    await openRelay(0);
    await feed.settled();
    expect(versions).toEqual(all.map(({ version }) => version));
    await expect.poll(() => commits.countDocuments({ published: false })).toBe(0);
    expect(await store.read(all[0]?.stream as Commit['stream'], 449, 10)).toEqual([commit(450)]);
  });
});
