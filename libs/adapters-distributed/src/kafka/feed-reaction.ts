import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, DomainEvent, StreamName } from '@almanac/contracts';
import { batchSpan, log } from '@almanac/observability';
import type { FeedConsumer } from '@almanac/ports';
import type { EachBatchPayload } from 'kafkajs';
import type { CommitNotice } from './cloud-event.js';
import type { FeedEntry } from './feed-entry.js';
import type { FeedPositions } from './feed-positions.js';
import { FeedRepeats } from './feed-repeats.js';

const retryDelays = [100, 500, 2_000, 5_000];

/** A position is kept at every wanted commit, and at every so many versions: so no gap is longer. */
const keptEvery = 500;

type EventType = DomainEvent['type'];

/** The commits of a stream with after < version < before that have an event of one of the types, in their order. */
export type GapReader = (
  stream: StreamName,
  gap: { readonly after: number; readonly before: number; readonly types: FeedConsumer['types'] },
) => Promise<readonly Commit[]>;

/** Some messages of a partition. */
export interface FeedBatch {
  readonly payload: Pick<EachBatchPayload, 'heartbeat' | 'isRunning' | 'isStale'>;
  /** Aborted when it is no longer this process's to go on with. */
  readonly over: AbortSignal;
}

interface Progress extends FeedBatch {
  readonly reached: Map<StreamName, number>;
}

/** Thrown out of a batch whose partition has moved on, or when the feed stops: the rest comes again elsewhere. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
}

/** Of so many streams it is remembered how far they have been followed. */
const maxFollowed = 20_000;

/**
 * What one consumer makes of the messages: the relay may repeat and overtake itself, so what is at or below the
 * position is dropped, and before a later version the wanted commits in between are read from the log (design 2). What is
 * not wanted is told by its headers and costs nothing more: the position stays where it is, and that nothing is missing is
 * remembered as long as one message follows on another.
 */
export class FeedReaction {
  readonly #consumer: FeedConsumer;
  readonly #readGap: GapReader;
  readonly #positions: Pick<FeedPositions, 'load' | 'save'>;
  readonly #followed = new Map<StreamName, number>();
  readonly #repeats: FeedRepeats;

  constructor(consumer: FeedConsumer, readGap: GapReader, positions: Pick<FeedPositions, 'load' | 'save'>) {
    this.#consumer = consumer;
    this.#readGap = readGap;
    this.#positions = positions;
    this.#repeats = new FeedRepeats(consumer.name);
  }

  /** @throws Error in words when something has been tried in vain for long */
  demandHealthy(): void {
    this.#repeats.demand();
  }

  /** @throws Interrupted, or the reason why it is over */
  async take(entries: readonly FeedEntry[], batch: FeedBatch): Promise<void> {
    const reached = new Map<StreamName, number>();
    await this.#untilDone(batch, {}, async () => {
      try {
        for (const entry of entries) await this.#follow(entry, { ...batch, reached });
      } finally {
        await this.#positions.save(reached);
      }
    });
  }

  /** @param progress gets the position */
  async #follow(entry: FeedEntry, progress: Progress): Promise<void> {
    const { stream, version, types } = entry.notice;
    const followed = this.#followed.get(stream) ?? 0;
    if (version <= followed) return;
    const isWanted = types.some((type) => this.#consumer.types.has(type as EventType));
    if (isWanted || version % keptEvery === 0) await this.#catchUp(entry, isWanted, progress);
    else if (version === followed + 1) this.#remember(stream, version);
  }

  async #catchUp({ notice, commit }: FeedEntry, isWanted: boolean, progress: Progress): Promise<void> {
    const { reached } = progress;
    const { stream, version } = notice;
    const came = isWanted ? commit() : null;
    if (isWanted && came === null) return;
    const after = await this.#doneOf(notice);
    const gap = { after, before: version, types: this.#consumer.types };
    const missing = version <= after + 1 ? [] : await this.#readGap(stream, gap);
    for (const one of came === null || version <= after ? missing : [...missing, came]) {
      await this.#react(one, progress);
      reached.set(stream, one.version);
      this.#remember(stream, one.version);
    }
    reached.set(stream, Math.max(version, after));
    this.#remember(stream, Math.max(version, after));
  }

  /** Up to which version nothing is left to do; what is kept is looked at where the messages do not tell. */
  async #doneOf({ stream, version }: CommitNotice): Promise<number> {
    const followed = this.#followed.get(stream);
    if (followed === version - 1) return followed;
    const kept = await this.#positions.load([stream]);
    return Math.max(followed ?? 0, kept.get(stream) ?? 0);
  }

  #remember(stream: StreamName, version: number): void {
    this.#followed.delete(stream);
    this.#followed.set(stream, version);
    for (const oldest of this.#followed.keys()) {
      if (this.#followed.size <= maxFollowed) return;
      this.#followed.delete(oldest);
    }
  }

  async #react(commit: Commit, batch: FeedBatch): Promise<void> {
    const { name } = this.#consumer;
    const traceparents = commit.traceparent === undefined ? [] : [commit.traceparent];
    await this.#untilDone(batch, { stream: commit.stream }, () =>
      batchSpan({ batch: 'react', each: 'react' }, { traceparents, attributes: { consumer: name } }, () =>
        this.#consumer.react(commit, batch.over),
      ),
    );
    await batch.payload.heartbeat();
  }

  /** Tries again until it is done. @throws Interrupted, or the reason why it is over, when it is no longer this process's to do */
  async #untilDone(
    { payload: { heartbeat, isRunning, isStale }, over }: FeedBatch,
    fields: Readonly<Record<string, string>>,
    work: () => Promise<void>,
  ): Promise<void> {
    const repeated = this.#repeats.begin();
    try {
      for (let attempt = 0; isRunning() && !isStale(); attempt += 1) {
        over.throwIfAborted();
        try {
          await work();
          return;
        } catch (error) {
          over.throwIfAborted();
          if (error instanceof Interrupted || isRebalancing(error)) throw error;
          repeated.failed();
          log('error', 'a consumer failed and will try again', { consumer: this.#consumer.name, ...fields, error });
          const pause = retryDelays[Math.min(attempt, retryDelays.length - 1)];
          await delay(pause, undefined, { signal: over }).catch(() => {});
          await heartbeat();
        }
      }
      throw new Interrupted();
    } finally {
      repeated.over();
    }
  }
}

/** What `heartbeat` throws: kafkajs joins the group again when it gets it. */
const isRebalancing = (error: unknown): boolean => error instanceof Error && error.name.startsWith('KafkaJS');
