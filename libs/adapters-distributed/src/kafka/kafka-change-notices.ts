import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName, StreamName, TenantId } from '@almanac/contracts';
import { log } from '@almanac/observability';
import { ChangeFollowers, type ChangeNotice, type ChangeNotices, type HearChanges, Unavailable } from '@almanac/ports';
import type { Consumer, Kafka } from 'kafkajs';
import { type CommitNotice, noticeOf } from './cloud-event.js';
import { consumerOf, leave, runningFromNow } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface KafkaChangeNoticesOptions {
  readonly names: KafkaNames;
  /** Names this process: each hears everything. */
  readonly instance: string;
  /** Whose events are heard. */
  readonly services: readonly ServiceName[];
  /** Up to which version the read models show each of some streams. */
  readonly shown: (streams: readonly StreamName[]) => Promise<ReadonlyMap<StreamName, number>>;
  /** Whoever wants to hear is told after so many milliseconds that it cannot be now. */
  readonly joinLimit?: number;
}

/** Events come before or after the read models show them: milliseconds between two looks, and until no more is looked. */
const poll = 25;
const patience = 10_000;

const defaults = { joinLimit: 10_000 };

/** Hears the topics of events, from the first follower on, in a group of this process's own; no body is read. */
export class KafkaChangeNotices implements ChangeNotices {
  readonly #kafka: Kafka;
  readonly #options: Required<KafkaChangeNoticesOptions>;
  readonly #followers = new ChangeFollowers();
  #consumer: Consumer | null = null;
  #hearing: Promise<void> | null = null;
  #stopped = false;

  constructor(kafka: Kafka, options: KafkaChangeNoticesOptions) {
    this.#kafka = kafka;
    this.#options = { ...defaults, ...options };
  }

  async follow(tenant: TenantId, heard: HearChanges): Promise<() => void> {
    if (this.#stopped) throw new Unavailable('the service is about to end');
    const hush = this.#followers.add(tenant, heard);
    const hearing = (this.#hearing ??= this.#hear());
    try {
      await hearing;
      return hush;
    } catch (error) {
      hush();
      // Others that waited for the same may have begun anew.
      if (this.#hearing === hearing) this.#hearing = null;
      log('warn', 'changes are not heard now', { error });
      throw new Unavailable('changes cannot be told now; ask again in a few seconds');
    }
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#consumer !== null) await leave(this.#consumer);
    await this.#hearing?.catch(() => {});
  }

  async #hear(): Promise<void> {
    const { names, instance, joinLimit } = this.#options;
    const consumer = consumerOf(this.#kafka, names.group(`notices.${instance}`));
    this.#consumer = consumer;
    try {
      await within(joinLimit, this.#begin(consumer));
    } catch (error) {
      await leave(consumer);
      throw error;
    }
  }

  async #begin(consumer: Consumer): Promise<void> {
    const { names, services } = this.#options;
    await consumer.connect();
    await runningFromNow(this.#kafka, consumer, services.map(names.events), async ({ batch }) => {
      const notices = batch.messages.map(noticeOf).filter((notice) => notice !== null);
      void this.#tellOnceShown(notices.filter(({ stream }) => this.#followers.hasFollowers(stream)));
    });
  }

  async #tellOnceShown(notices: readonly CommitNotice[]): Promise<void> {
    const due = new Map(
      [...Map.groupBy(notices, ({ stream }) => stream)].map(([stream, own]) => [stream, noticeOfAll(own)]),
    );
    for (const end = Date.now() + patience; due.size > 0 && !this.#stopped; await delay(poll)) {
      const shown = await this.#shown([...due.keys()]);
      const isOver = Date.now() > end;
      const ready = [...due.values()].filter(({ stream, version }) => isOver || (shown.get(stream) ?? 0) >= version);
      for (const { stream } of ready) due.delete(stream);
      this.#followers.tell(ready satisfies readonly ChangeNotice[]);
      if (due.size === 0) return;
    }
  }

  /** While the database is away nothing is shown. */
  async #shown(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, number>> {
    try {
      return await this.#options.shown(streams);
    } catch (error) {
      log('warn', 'it was not seen what the read models show', { error });
      return new Map();
    }
  }
}

async function within<Result>(limit: number, work: Promise<Result>): Promise<Result> {
  const over = new AbortController();
  const late = delay(limit, undefined, { signal: over.signal, ref: false }).then(() => {
    throw new Error(`it takes longer than ${limit} ms`);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    over.abort();
  }
}

/** What is new in one stream. */
function noticeOfAll(notices: readonly CommitNotice[]): CommitNotice {
  const [first, ...rest] = notices as [CommitNotice, ...CommitNotice[]];
  return rest.reduce(
    (all, { version, types }) => ({
      stream: all.stream,
      version: Math.max(all.version, version),
      types: [...new Set([...all.types, ...types])],
    }),
    first,
  );
}
