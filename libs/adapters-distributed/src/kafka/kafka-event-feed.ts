import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceName, upcast } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { EventFeed, FeedConsumer } from '@almanac/ports';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Collection } from 'mongodb';
import type { FeedPosition } from '../mongo/collections.js';
import { commitOnly, type StoredCommit } from '../mongo/mongo-event-store.js';
import { FeedPositions } from './feed-positions.js';
import { FeedReaction, type GapReader } from './feed-reaction.js';
import { consumerOf, leave, running, stayingInGroup } from './kafka-client.js';
import type { KafkaNames } from './topics.js';
import { untilReacted } from './until-reacted.js';

export interface KafkaEventFeedOptions {
  readonly names: KafkaNames;
  /** Whose events are followed. */
  readonly services: readonly ServiceName[];
  /** Where gaps are read. */
  readonly commits: Collection<StoredCommit>;
  readonly positions: Collection<FeedPosition>;
}

interface Subscription {
  readonly to: FeedConsumer;
  readonly reaction: FeedReaction;
  readonly consumer: Consumer;
  readonly started: Promise<void>;
}

const restartDelay = 1_000;

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
    const { names, services, positions: kept } = this.#options;
    const positions = new FeedPositions(kept, to.name);
    const reaction = new FeedReaction(to, this.#readGap, positions);
    const consumer = consumerOf(this.#kafka, names.group(`feed.${to.name}`));
    const start = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: services.map(names.events), fromBeginning: true });
      const eachBatch = (payload: EachBatchPayload): Promise<void> =>
        stayingInGroup(payload.heartbeat, () => reaction.takeBatch(payload));
      const run = { eachBatch, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 4 };
      await running(consumer, () => consumer.run(run));
    };
    const started = this.#untilStarted(to.name, start);
    this.#subscriptions.push({ to, reaction, consumer, started });
  }

  /** For tests: looks at the wanted commits of all streams. */
  async settled(): Promise<void> {
    const { services } = this.#options;
    const isStopped = (): boolean => this.#stopped;
    for (const { to } of this.#subscriptions) {
      await untilReacted(this.#options, { consumer: to, among: { services }, isStopped });
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

  async #untilStarted(consumer: string, start: () => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      try {
        return await start();
      } catch (error) {
        log('error', 'a consumer of the feed did not start and will be tried again', { consumer, error });
        await delay(restartDelay);
      }
    }
  }

  readonly #readGap: GapReader = async (stream, { after, before, types }) => {
    const gap = { stream, version: { $gt: after, $lt: before }, 'events.type': { $in: [...types] } };
    const found = this.#options.commits.find(gap, { projection: commitOnly }).sort({ version: 1 });
    return (await found.toArray()).map(upcast);
  };
}
