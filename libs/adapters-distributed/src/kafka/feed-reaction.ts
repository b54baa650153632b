import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, StreamName } from '@almanac/contracts';
import { log, serverSpan } from '@almanac/observability';
import type { EventStore, FeedConsumer } from '@almanac/ports';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { commitFrom } from './cloud-event.js';
import type { FeedPositions } from './feed-positions.js';

/** The positions are kept, and the offsets resolved, after at most so many messages. */
const maxBatch = 200;
const retryDelays = [100, 500, 2_000, 5_000];

/** Thrown out of a batch whose partition has moved on, or when the feed stops: the rest comes again elsewhere. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * What one consumer makes of the messages: the relay may repeat and overtake itself, so what is at or below the
 * position is dropped, the next version is reacted to, and before a later one the gap is read from the log (design 2).
 */
export class FeedReaction {
  readonly #consumer: FeedConsumer;
  readonly #store: EventStore;
  readonly #positions: FeedPositions;
  #stopped = false;

  constructor(consumer: FeedConsumer, store: EventStore, positions: FeedPositions) {
    this.#consumer = consumer;
    this.#store = store;
    this.#positions = positions;
  }

  /** The commit under way is the last one. */
  stop(): void {
    this.#stopped = true;
  }

  async takeBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat } = payload;
    try {
      for (let first = 0; first < batch.messages.length; first += maxBatch) {
        const messages = batch.messages.slice(first, first + maxBatch);
        await this.#untilDone(payload, {}, () => this.#take(messages.flatMap(readable), payload));
        resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
        await heartbeat();
      }
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    }
  }

  async #take(commits: readonly Commit[], payload: EachBatchPayload): Promise<void> {
    const reached = await this.#positions.load(new Set(commits.map(({ stream }) => stream)));
    const before = new Map(reached);
    try {
      for (const commit of commits) await this.#follow(reached, commit, payload);
    } finally {
      await this.#positions.save(new Map([...reached].filter(([stream, version]) => before.get(stream) !== version)));
    }
  }

  async #follow(reached: Map<StreamName, number>, commit: Commit, payload: EachBatchPayload): Promise<void> {
    const { stream, version } = commit;
    for (let at = reached.get(stream) ?? 0; at < version; at = reached.get(stream) ?? 0) {
      const next =
        version === at + 1 ? [commit] : await this.#store.read(stream, at, Math.min(version - at - 1, maxBatch));
      if (next.length === 0) throw new Error(`the log of ${stream} has no commit after ${at}`);
      for (const missing of next) {
        await this.#react(missing, payload);
        reached.set(stream, missing.version);
      }
    }
  }

  async #react(commit: Commit, payload: EachBatchPayload): Promise<void> {
    if (!commit.events.some(({ type }) => this.#consumer.types.has(type))) return;
    const { name } = this.#consumer;
    const carrier = { traceparent: commit.traceparent, attributes: { consumer: name } };
    await this.#untilDone(payload, { stream: commit.stream }, () =>
      serverSpan('react', carrier, () => this.#consumer.react(commit)),
    );
    await payload.heartbeat();
  }

  /** Tries again until it is done. @throws Interrupted when it is no longer this process's to do */
  async #untilDone(
    { heartbeat, isRunning, isStale }: EachBatchPayload,
    fields: Readonly<Record<string, string>>,
    work: () => Promise<void>,
  ): Promise<void> {
    for (let attempt = 0; isRunning() && !isStale() && !this.#stopped; attempt += 1) {
      try {
        await work();
        return;
      } catch (error) {
        if (error instanceof Interrupted || isRebalancing(error)) throw error;
        log('error', 'a consumer failed and will try again', { consumer: this.#consumer.name, ...fields, error });
        await delay(retryDelays[Math.min(attempt, retryDelays.length - 1)]);
        await heartbeat();
      }
    }
    throw new Interrupted();
  }
}

/** What `heartbeat` throws: kafkajs joins the group again when it gets it. */
const isRebalancing = (error: unknown): boolean => error instanceof Error && error.name.startsWith('KafkaJS');

/** What is no commit is left out; if one was lost with it, the gap shows at the stream's next one. */
function readable(message: KafkaMessage): Commit[] {
  try {
    return [commitFrom(message)];
  } catch (error) {
    log('error', 'an event was not readable', { key: String(message.key), offset: message.offset, error });
    return [];
  }
}
