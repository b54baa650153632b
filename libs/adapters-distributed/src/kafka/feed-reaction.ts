import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, StreamName } from '@almanac/contracts';
import { batchSpan, log } from '@almanac/observability';
import type { FeedConsumer } from '@almanac/ports';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { commitFrom } from './cloud-event.js';
import type { FeedPositions } from './feed-positions.js';

/** The positions are kept, and the offsets resolved, after at most so many messages. */
const maxBatch = 200;
const retryDelays = [100, 500, 2_000, 5_000];

/** A position is kept at every wanted commit, and at every so many versions: so no gap is longer. */
const keptEvery = 500;

/** The commits of a stream with after < version < before that have an event of one of the types, in their order. */
export type GapReader = (
  stream: StreamName,
  gap: { readonly after: number; readonly before: number; readonly types: FeedConsumer['types'] },
) => Promise<readonly Commit[]>;

/** Thrown out of a batch whose partition has moved on, or when the feed stops: the rest comes again elsewhere. */
class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/**
 * What one consumer makes of the messages: the relay may repeat and overtake itself, so what is at or below the
 * position is dropped, and before a later version the wanted commits in between are read from the log (design 2). What is
 * not wanted costs nothing: the position stays where it is.
 */
export class FeedReaction {
  readonly #consumer: FeedConsumer;
  readonly #readGap: GapReader;
  readonly #positions: FeedPositions;
  #stopped = false;

  constructor(consumer: FeedConsumer, readGap: GapReader, positions: FeedPositions) {
    this.#consumer = consumer;
    this.#readGap = readGap;
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

  async #take(all: readonly Commit[], payload: EachBatchPayload): Promise<void> {
    const commits = all.filter((commit) => this.#isWanted(commit) || commit.version % keptEvery === 0);
    if (commits.length === 0) return;
    const reached = await this.#positions.load(new Set(commits.map(({ stream }) => stream)));
    const before = new Map(reached);
    try {
      for (const commit of commits) await this.#follow(reached, commit, payload);
    } finally {
      await this.#positions.save(new Map([...reached].filter(([stream, version]) => before.get(stream) !== version)));
    }
  }

  #isWanted({ events }: Commit): boolean {
    return events.some(({ type }) => this.#consumer.types.has(type));
  }

  async #follow(reached: Map<StreamName, number>, commit: Commit, payload: EachBatchPayload): Promise<void> {
    const { stream, version } = commit;
    const after = reached.get(stream) ?? 0;
    if (version <= after) return;
    const { types } = this.#consumer;
    const missing = version === after + 1 ? [] : await this.#readGap(stream, { after, before: version, types });
    for (const one of this.#isWanted(commit) ? [...missing, commit] : missing) {
      await this.#react(one, payload);
      reached.set(stream, one.version);
    }
    reached.set(stream, version);
  }

  async #react(commit: Commit, payload: EachBatchPayload): Promise<void> {
    const { name } = this.#consumer;
    const traceparents = commit.traceparent === undefined ? [] : [commit.traceparent];
    await this.#untilDone(payload, { stream: commit.stream }, () =>
      batchSpan({ batch: 'react', each: 'react' }, { traceparents, attributes: { consumer: name } }, () =>
        this.#consumer.react(commit),
      ),
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
