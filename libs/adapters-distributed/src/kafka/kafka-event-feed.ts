import type { ServiceName, StreamName } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { EventFeed, EventStore, FeedConsumer } from '@almanac/ports';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Collection } from 'mongodb';
import type { FeedPosition } from '../mongo/collections.js';
import type { StoredCommit } from '../mongo/mongo-event-store.js';
import { FeedPositions } from './feed-positions.js';
import { FeedReaction } from './feed-reaction.js';
import { consumerOf, leave, running, stayingInGroup } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface KafkaEventFeedOptions {
  readonly names: KafkaNames;
  /** Whose events are followed. */
  readonly services: readonly ServiceName[];
  /** Where gaps are read. */
  readonly store: EventStore;
  readonly commits: Collection<StoredCommit>;
  readonly positions: Collection<FeedPosition>;
}

interface Subscription {
  readonly positions: FeedPositions;
  readonly reaction: FeedReaction;
  readonly consumer: Consumer;
  readonly started: Promise<void>;
}

const settledPoll = 25;

/** Follows the topics of events; each consumer is a group, so that any number of processes share its work. */
export class KafkaEventFeed implements EventFeed {
  readonly #kafka: Kafka;
  readonly #options: KafkaEventFeedOptions;
  readonly #subscriptions: Subscription[] = [];
  #stopped = false;

  constructor(kafka: Kafka, options: KafkaEventFeedOptions) {
    this.#kafka = kafka;
    this.#options = options;
  }

  subscribe(to: FeedConsumer): void {
    const { names, services, store, positions: kept } = this.#options;
    const positions = new FeedPositions(kept, to.name);
    const reaction = new FeedReaction(to, store, positions);
    const consumer = consumerOf(this.#kafka, names.group(`feed.${to.name}`));
    const start = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: services.map(names.events), fromBeginning: true });
      const eachBatch = (payload: EachBatchPayload): Promise<void> =>
        stayingInGroup(payload.heartbeat, () => reaction.takeBatch(payload));
      const run = { eachBatch, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 4 };
      await running(consumer, () => consumer.run(run));
    };
    const started = start().catch((error: unknown) => {
      log('error', 'a consumer of the feed did not start', { consumer: to.name, error });
    });
    this.#subscriptions.push({ positions, reaction, consumer, started });
  }

  /** For tests: looks at all streams of the log. */
  async settled(): Promise<void> {
    const heads = await this.#heads();
    for (const { positions } of this.#subscriptions) {
      while (!this.#stopped && !(await hasReached(positions, heads))) {
        await new Promise((resolve) => setTimeout(resolve, settledPoll));
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(
      this.#subscriptions.map(async ({ reaction, consumer, started }) => {
        reaction.stop();
        await started;
        await leave(consumer);
      }),
    );
  }

  async #heads(): Promise<ReadonlyMap<StreamName, number>> {
    const { commits, services } = this.#options;
    const newest = { $group: { _id: '$stream', version: { $max: '$version' } } };
    const found = commits.aggregate<{ _id: StreamName; version: number }>([
      { $match: { service: { $in: [...services] } } },
      newest,
    ]);
    return new Map((await found.toArray()).map(({ _id, version }) => [_id, version]));
  }
}

async function hasReached(positions: FeedPositions, heads: ReadonlyMap<StreamName, number>): Promise<boolean> {
  const reached = await positions.load(heads.keys());
  return [...heads].every(([stream, version]) => (reached.get(stream) ?? 0) >= version);
}
