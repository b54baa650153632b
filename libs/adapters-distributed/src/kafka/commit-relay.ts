import { setTimeout as delay } from 'node:timers/promises';
import type { Commit, ServiceName } from '@almanac/contracts';
import { gauge, log } from '@almanac/observability';
import type { Kafka, Producer } from 'kafkajs';
import { type AnyBulkWriteOperation, type Collection, ObjectId } from 'mongodb';
import { Lease, type LeaseDocument } from '../lease.js';
import type { StoredCommit } from '../mongo/mongo-event-store.js';
import { commitMessage } from './cloud-event.js';
import { CoalescingProducer } from './coalescing-producer.js';
import { producerOf } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface CommitRelayOptions {
  readonly names: KafkaNames;
  readonly service: ServiceName;
  readonly commits: Collection<StoredCommit>;
  readonly leases: Collection<LeaseDocument>;
  /** Names this process. */
  readonly instance: string;
  /** Milliseconds between two looks for commits that nobody published. */
  readonly sweepInterval?: number;
  /** Milliseconds after which a commit counts as left behind by whoever appended it. */
  readonly sweepAfter?: number;
}

const pageSize = 200;
const defaults = { sweepInterval: 1_000, sweepAfter: 3_000 };

/** A commit waits so many sweeps' time for a sweeper that has died. */
const leaseSweeps = 5;

const leftBehind = gauge('almanac_relay_left_behind', 'Commits that a sweep found unpublished', ['service']);

/**
 * Publishes a service's commits to its topic, a stream's in the order of their versions, and marks them after the brokers
 * have them. Who appended publishes at once; what stays behind when a process or a broker dies is found by a sweep that one
 * process at a time does. A commit may be published twice, or after a later one: consumers bear both (design 2).
 */
export class CommitRelay {
  readonly #options: Required<CommitRelayOptions>;
  readonly #sender: Producer;
  readonly #producer: CoalescingProducer;
  readonly #lease: Lease;
  readonly #publishing = new Set<Promise<void>>();
  #sweeps: Promise<void> = Promise.resolve();
  readonly #stop = new AbortController();

  constructor(kafka: Kafka, options: CommitRelayOptions) {
    this.#options = { ...defaults, ...options };
    this.#sender = producerOf(kafka);
    this.#producer = new CoalescingProducer(this.#sender);
    const { leases, service, instance, sweepInterval } = this.#options;
    const duration = leaseSweeps * sweepInterval;
    this.#lease = new Lease(leases, { name: `relay.${service}`, holder: instance, duration });
  }

  async start(): Promise<void> {
    await this.#sender.connect();
    this.#sweeps = this.#sweepUntilStopped();
  }

  /** For commits that this process has just appended; a failure leaves them to the sweep. */
  publish(commits: readonly Commit[]): void {
    if (commits.length === 0 || this.#stop.signal.aborted) return;
    const publishing = this.#publish(commits).catch((error: unknown) => {
      log('warn', 'commits were not published and will be by the sweep', { commits: commits.length, error });
    });
    this.#publishing.add(publishing);
    void publishing.finally(() => this.#publishing.delete(publishing));
  }

  /** What was given to `publish` before is published. */
  async stop(): Promise<void> {
    await Promise.all(this.#publishing);
    this.#stop.abort();
    await this.#sweeps;
    await this.#lease.release().catch(() => {});
    await this.#sender.disconnect();
  }

  async #sweepUntilStopped(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        if (await this.#lease.hold()) await this.#sweep();
      } catch (error) {
        log('warn', 'unpublished commits were not looked for and will be again', { error });
      }
      await delay(this.#options.sweepInterval, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  async #sweep(): Promise<void> {
    const { commits, service, sweepAfter } = this.#options;
    let found = 0;
    for (let full = true; full && !this.#stop.signal.aborted; ) {
      // By the id's time, which is the clock of whoever appended: a command's own may be that of anybody.
      const _id = { $lt: ObjectId.createFromTime(Math.floor((Date.now() - sweepAfter) / 1_000)) };
      const left = { service, published: false, _id };
      const page = await commits.find(left).sort({ _id: 1 }).limit(pageSize).toArray();
      found += page.length;
      full = page.length === pageSize && (await this.#lease.hold());
      if (page.length > 0) {
        await this.#publish(page.map(({ _id, published: _published, service: _service, ...commit }) => commit));
      }
    }
    leftBehind.set({ service }, found);
  }

  async #publish(commits: readonly Commit[]): Promise<void> {
    const { names, service } = this.#options;
    const topic = names.events(service);
    const streams = Map.groupBy(commits, ({ stream }) => stream);
    for (const own of streams.values()) own.sort((left, right) => left.version - right.version);
    const ordered = commits.flatMap(({ stream }) => streams.get(stream)?.shift() ?? []);
    // Each by itself, so that the producer can keep requests below its bound.
    const sent = ordered.map((commit) => this.#producer.send(topic, [commitMessage(service, commit)]));
    const results = await Promise.allSettled(sent);
    const published = ordered.filter((_commit, index) => results[index]?.status === 'fulfilled');
    if (published.length > 0) {
      await this.#options.commits.bulkWrite(markingOf(published), { ordered: false });
    }
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }
}

/** By stream and version, as the unique index has them: an update by alternatives may read the whole log. */
function markingOf(commits: readonly Commit[]): AnyBulkWriteOperation<StoredCommit>[] {
  const update = { $set: { published: true } };
  const streams = [...Map.groupBy(commits, ({ stream }) => stream)];
  return streams.map(([stream, own]) => {
    const filter = { stream, version: { $in: own.map(({ version }) => version) } };
    return { updateMany: { filter, update } };
  });
}
