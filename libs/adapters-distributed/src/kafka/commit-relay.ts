import type { ServiceName } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { Kafka, Producer } from 'kafkajs';
import type { Collection, WithId } from 'mongodb';
import type { StoredCommit } from '../mongo/mongo-event-store.js';
import { commitMessage } from './cloud-event.js';
import { CoalescingProducer } from './coalescing-producer.js';
import { producerOf } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface CommitRelayOptions {
  readonly names: KafkaNames;
  readonly services: readonly ServiceName[];
  /** Milliseconds between two looks at the log when nobody wakes the relay. */
  readonly pollInterval?: number;
}

const pageSize = 200;

/**
 * Publishes the commits that are not marked yet, about as they came and a stream's in the order of their versions, and
 * marks them after the brokers have them. Several relays, or one that was ended in between, publish a commit again, and
 * writers whose clocks differ leave gaps for a moment: consumers bear both (design 2).
 */
export class CommitRelay {
  readonly #commits: Collection<StoredCommit>;
  readonly #options: CommitRelayOptions;
  readonly #sender: Producer;
  readonly #producer: CoalescingProducer;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | null = null;
  /** There may be commits that the run under way has not seen. */
  #woken = false;
  #stopped = false;

  constructor(commits: Collection<StoredCommit>, kafka: Kafka, options: CommitRelayOptions) {
    this.#commits = commits;
    this.#options = options;
    this.#sender = producerOf(kafka);
    this.#producer = new CoalescingProducer(this.#sender);
  }

  async start(): Promise<void> {
    await this.#sender.connect();
    this.#timer = setInterval(() => this.wake(), this.#options.pollInterval ?? 1_000);
    this.wake();
  }

  /** There are new commits. */
  wake(): void {
    this.#woken = true;
    if (this.#stopped) return;
    this.#running ??= this.#publishWhileWoken().finally(() => {
      this.#running = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#running;
    await this.#sender.disconnect();
  }

  async #publishWhileWoken(): Promise<void> {
    while (this.#woken && !this.#stopped) {
      this.#woken = false;
      try {
        await Promise.all(this.#options.services.map((service) => this.#publishAll(service)));
      } catch (error) {
        // The next look at the log finds the same commits.
        log('error', 'commits were not published and will be again', { error });
      }
    }
  }

  async #publishAll(service: ServiceName): Promise<void> {
    const waiting = this.#commits.find({ service, published: false }).sort({ _id: 1 }).limit(pageSize);
    for (let page = await waiting.toArray(); page.length > 0; page = await waiting.clone().toArray()) {
      await this.#publish(service, page);
      if (page.length < pageSize || this.#stopped) return;
    }
  }

  async #publish(service: ServiceName, page: readonly WithId<StoredCommit>[]): Promise<void> {
    const topic = this.#options.names.events(service);
    // Each by itself, so that the producer can keep requests below its bound.
    const sent = inVersionOrder(page).map(({ _id, published: _published, service: _service, ...commit }) =>
      this.#producer.send(topic, [commitMessage(service, commit)]),
    );
    for (const result of await Promise.allSettled(sent)) {
      if (result.status === 'rejected') throw result.reason;
    }
    await this.#commits.updateMany({ _id: { $in: page.map(({ _id }) => _id) } }, { $set: { published: true } });
  }
}

/** Each stream keeps its places in the page, and has its versions in their order there. */
function inVersionOrder(page: readonly WithId<StoredCommit>[]): WithId<StoredCommit>[] {
  const streams = Map.groupBy(page, ({ stream }) => stream);
  for (const commits of streams.values()) commits.sort((left, right) => left.version - right.version);
  return page.flatMap(({ stream }) => streams.get(stream)?.shift() ?? []);
}
