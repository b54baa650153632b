import { setTimeout as delay } from 'node:timers/promises';
import { type ServiceName, upcast } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { EventFeed, FeedConsumer } from '@almanac/ports';
import type { Consumer, EachBatchPayload, Kafka } from 'kafkajs';
import type { Collection } from 'mongodb';
import type { FeedPosition } from '../mongo/collections.js';
import { commitOnly, type StoredCommit } from '../mongo/mongo-event-store.js';
import { entryOf } from './feed-entry.js';
import { FeedPositions } from './feed-positions.js';
import { type FeedBatch, FeedReaction, type GapReader, Interrupted } from './feed-reaction.js';
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
  readonly reactions: readonly FeedReaction[];
  readonly consumer: Consumer;
  readonly started: Promise<void>;
}

/** The positions are kept, and the offsets resolved, after at most so many messages. */
const maxBatch = 200;

const restartDelay = 1_000;

/**
 * Follows the topics of events for all who subscribe at the same moment: they are one group, and a message is fetched and
 * read once for all of them. Any number of processes with the same consumers share the work; a process with others is of
 * another group, which begins at the beginning, and where each consumer's positions tell what is left to do.
 */
export class KafkaEventFeed implements EventFeed {
  readonly #kafka: Kafka;
  readonly #options: KafkaEventFeedOptions;
  readonly #consumers: FeedConsumer[] = [];
  readonly #subscriptions: Subscription[] = [];
  readonly #underWay = new Set<AbortController>();
  #joining: FeedConsumer[] = [];
  #stopped = false;

  constructor(kafka: Kafka, options: KafkaEventFeedOptions) {
    this.#kafka = kafka;
    this.#options = options;
  }

  subscribe(consumer: FeedConsumer): void {
    this.#consumers.push(consumer);
    this.#joining.push(consumer);
    if (this.#joining.length === 1) queueMicrotask(() => this.#follow(this.#joining.splice(0)));
  }

  #follow(consumers: readonly FeedConsumer[]): void {
    const { names, services, positions } = this.#options;
    const group = consumers.map(({ name }) => name).sort();
    const consumer = consumerOf(this.#kafka, names.group(`feed.${group.join('+')}`));
    const reactions = consumers.map((to) => new FeedReaction(to, this.#readGap, new FeedPositions(positions, to.name)));
    const start = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: services.map(names.events), fromBeginning: true });
      const eachBatch = (payload: EachBatchPayload): Promise<void> => this.#takeBatch(payload, reactions);
      const run = { eachBatch, eachBatchAutoResolve: false, partitionsConsumedConcurrently: 4 };
      await running(consumer, () => consumer.run(run));
    };
    this.#subscriptions.push({ reactions, consumer, started: this.#untilStarted(group, start) });
  }

  /** For tests: looks at the wanted commits of all streams. */
  async settled(): Promise<void> {
    const { services } = this.#options;
    const isStopped = (): boolean => this.#stopped;
    for (const consumer of this.#consumers) {
      await untilReacted(this.#options, { consumer, among: { services }, isStopped });
    }
  }

  /** @throws Error in words when a consumer has been failing for long: what it is to react to waits */
  demandHealthy(): void {
    for (const { reactions } of this.#subscriptions) for (const reaction of reactions) reaction.demandHealthy();
  }

  /** What a reaction is waiting for is not waited for any more: it begins again elsewhere. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const batch of this.#underWay) batch.abort(new Interrupted());
    await Promise.all(
      this.#subscriptions.map(async ({ consumer, started }) => {
        await leave(consumer);
        await started;
      }),
    );
  }

  async #takeBatch(payload: EachBatchPayload, reactions: readonly FeedReaction[]): Promise<void> {
    if (this.#stopped) return;
    const batch = new AbortController();
    this.#underWay.add(batch);
    try {
      // The others of its group wait for this process: a reaction that takes minutes goes on wherever its partition goes.
      await stayingInGroup(
        payload.heartbeat,
        () => takeBatch({ payload, over: batch.signal }, reactions),
        (reason) => batch.abort(reason),
      );
    } finally {
      this.#underWay.delete(batch);
    }
  }

  async #untilStarted(consumers: readonly string[], start: () => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      try {
        return await start();
      } catch (error) {
        if (this.#stopped) return;
        log('error', 'consumers of the feed did not start and will be tried again', { consumers, error });
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

async function takeBatch(
  { payload, over }: FeedBatch & { readonly payload: EachBatchPayload },
  reactions: readonly FeedReaction[],
): Promise<void> {
  const { batch, resolveOffset, heartbeat } = payload;
  for (let first = 0; first < batch.messages.length; first += maxBatch) {
    const messages = batch.messages.slice(first, first + maxBatch);
    const entries = messages.map(entryOf).filter((entry) => entry !== null);
    const results = await Promise.allSettled(reactions.map((reaction) => reaction.take(entries, { payload, over })));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed?.reason instanceof Interrupted) return;
    if (failed !== undefined) throw failed.reason;
    resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
    await heartbeat();
  }
}
