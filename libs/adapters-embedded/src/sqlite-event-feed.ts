import { setTimeout as delay } from 'node:timers/promises';
import { type Commit, upcast } from '@almanac/contracts';
import { log, serverSpan } from '@almanac/observability';
import type { EventFeed, FeedConsumer } from '@almanac/ports';
import type { Database } from './database.js';
import type { Writer } from './writer/writer.js';

const pageSize = 200;
const retryDelays = [100, 500, 2_000, 5_000];

interface Subscription {
  readonly consumer: FeedConsumer;
  position: number;
  running: Promise<void> | null;
  /** There may be commits that the run under way has not seen. */
  woken: boolean;
}

/** Follows the log in the order of its transactions, over a connection that sees only what is committed. */
export class SqliteEventFeed implements EventFeed {
  readonly #reader: Database;
  readonly #writer: Writer;
  readonly #subscriptions: Subscription[] = [];
  readonly #over = new AbortController();

  constructor(reader: Database, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
    writer.onCommit(() => this.#wake());
  }

  subscribe(consumer: FeedConsumer): void {
    const row = this.#reader.get('SELECT position FROM feed_consumers WHERE name = ?', consumer.name);
    this.#subscriptions.push({ consumer, position: Number(row?.[0] ?? 0), running: null, woken: false });
    this.#wake();
  }

  async settled(): Promise<void> {
    const end = this.#end();
    for (const subscription of this.#subscriptions) {
      while (subscription.position < end && !this.#stopped) await this.#pump(subscription);
    }
  }

  async stop(): Promise<void> {
    this.#over.abort(new Error('the feed has stopped'));
    await Promise.all(this.#subscriptions.map(({ running }) => running ?? Promise.resolve()));
  }

  get #stopped(): boolean {
    return this.#over.signal.aborted;
  }

  #end(): number {
    return Number(this.#reader.get('SELECT max(position) FROM commits')?.[0] ?? 0);
  }

  #wake(): void {
    for (const subscription of this.#subscriptions) void this.#pump(subscription);
  }

  #pump(subscription: Subscription): Promise<void> {
    subscription.woken = true;
    subscription.running ??= this.#followWhileWoken(subscription).finally(() => {
      subscription.running = null;
    });
    return subscription.running;
  }

  async #followWhileWoken(subscription: Subscription): Promise<void> {
    for (let attempt = 0; subscription.woken && !this.#stopped; ) {
      subscription.woken = false;
      try {
        await this.#follow(subscription);
        attempt = 0;
      } catch (error) {
        const { name: consumer } = subscription.consumer;
        log('error', 'the log cannot be followed now and will be tried again', { consumer, error });
        await backOff(attempt);
        attempt += 1;
        subscription.woken = true;
      }
    }
  }

  async #follow(subscription: Subscription): Promise<void> {
    for (let rows = this.#page(subscription); rows.length > 0 && !this.#stopped; rows = this.#page(subscription)) {
      const wanted = rows.filter(([, types]) => types.split(',').some((type) => wants(subscription.consumer, type)));
      for (const [position] of wanted) {
        if (!(await this.#react(subscription.consumer, position))) return;
      }
      const position = rows.at(-1)?.[0] ?? subscription.position;
      if (wanted.length > 0) await this.#keepPosition(subscription.consumer, position);
      subscription.position = position;
    }
  }

  #page({ position }: Subscription): readonly (readonly [position: number, types: string])[] {
    return this.#reader.all(
      'SELECT position, types FROM commits WHERE position > ? ORDER BY position LIMIT ?',
      position,
      pageSize,
    ) as unknown as readonly (readonly [number, string])[];
  }

  /** True once the consumer has reacted; false when the feed was stopped meanwhile. */
  async #react(consumer: FeedConsumer, position: number): Promise<boolean> {
    const body = this.#reader.get('SELECT body FROM commits WHERE position = ?', position)?.[0];
    const commit = upcast(JSON.parse(String(body)) as Commit);
    const carrier = { traceparent: commit.traceparent, attributes: { consumer: consumer.name } };
    for (let attempt = 0; !this.#stopped; attempt += 1) {
      try {
        await serverSpan('react', carrier, () => consumer.react(commit, this.#over.signal));
        return true;
      } catch (error) {
        if (this.#stopped) return false;
        log('error', 'a consumer failed and will try again', { consumer: consumer.name, stream: commit.stream, error });
        await backOff(attempt);
      }
    }
    return false;
  }

  async #keepPosition(consumer: FeedConsumer, position: number): Promise<void> {
    await this.#writer.exclusively(async (store) => {
      store.run('INSERT OR REPLACE INTO feed_consumers (name, position) VALUES (?, ?)', consumer.name, position);
    });
  }
}

const backOff = (attempt: number): Promise<void> =>
  delay(retryDelays[Math.min(attempt, retryDelays.length - 1)], undefined, { ref: false });

const wants = (consumer: FeedConsumer, type: string): boolean => (consumer.types as ReadonlySet<string>).has(type);
