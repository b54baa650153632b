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
}

/** Events come before or after the read models show them: milliseconds between two looks, and until no more is looked. */
const poll = 25;
const patience = 10_000;

/** Hears the topics of events, from the first follower on, in a group of this process's own; no body is read. */
export class KafkaChangeNotices implements ChangeNotices {
  readonly #kafka: Kafka;
  readonly #options: KafkaChangeNoticesOptions;
  readonly #followers = new ChangeFollowers();
  #hearing: Promise<Consumer> | null = null;
  #stopped = false;

  constructor(kafka: Kafka, options: KafkaChangeNoticesOptions) {
    this.#kafka = kafka;
    this.#options = options;
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
    const consumer = await this.#hearing?.catch(() => null);
    if (consumer) await leave(consumer);
  }

  async #hear(): Promise<Consumer> {
    const { names, instance, services } = this.#options;
    const consumer = consumerOf(this.#kafka, names.group(`notices.${instance}`));
    try {
      await consumer.connect();
      await runningFromNow(this.#kafka, consumer, services.map(names.events), async ({ batch }) => {
        const notices = batch.messages.map(noticeOf).filter((notice) => notice !== null);
        void this.#tellOnceShown(notices.filter(({ stream }) => this.#followers.hasFollowers(stream)));
      });
      return consumer;
    } catch (error) {
      await leave(consumer);
      throw error;
    }
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
