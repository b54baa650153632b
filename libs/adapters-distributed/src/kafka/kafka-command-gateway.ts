import { accepted, refused, type Command, type CommandResult, type Commit } from '@almanac/contracts';
import { currentTraceparent, log } from '@almanac/observability';
import { type CommandGateway, type CommandRef, Unavailable } from '@almanac/ports';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage, Message, Producer } from 'kafkajs';
import { CoalescingProducer } from './coalescing-producer.js';
import { ConsumerHealth } from './consumer-health.js';
import { consumerOf, headerOf, headersFrom, leave, producerOf, runningFromNow } from './kafka-client.js';
import { maxMessageBytes } from './create-topics.js';
import { correlation, replyTo, resultFrom } from './reply.js';
import { type KafkaNames, keyOf } from './topics.js';

/** The commit that a command led to; undefined when there is none. */
export type CommitLookup = (command: CommandRef) => Promise<Commit | undefined>;

export interface KafkaCommandGatewayOptions {
  readonly names: KafkaNames;
  /** Names this process among all that send commands; new at each start. */
  readonly frontend: string;
  readonly lookup: CommitLookup;
  /** Milliseconds after a command's `notAfter` in which its reply may still come. */
  readonly grace?: number;
  /** Milliseconds that a command waits at most, whatever its `notAfter`. */
  readonly longestWait?: number;
  /** Commands beyond this many are not taken; the client is asked to come again. */
  readonly maxWaiting?: number;
}

interface Waiting {
  readonly timer: NodeJS.Timeout;
  resolve(result: CommandResult): void;
  reject(error: Error): void;
}

const unknown = 'the outcome is not known, the write was probably not done; repeat the request';
/** An event holds data as received and as stored, and a moved one what it replaced: it must fit a message, too (create-topics.ts). */
const maxCommandBytes = maxMessageBytes / 3;

/** Octets that wait for slow brokers at most. */
const maxUnsentBytes = 64 * 1024 * 1024;

const defaults = { grace: 1_000, longestWait: 35_000, maxWaiting: 2_000 };

/** Sends commands to the topic of their service, and waits for replies on the topic that all frontends share. */
export class KafkaCommandGateway implements CommandGateway {
  readonly #kafka: Kafka;
  readonly #options: Required<KafkaCommandGatewayOptions>;
  readonly #sender: Producer;
  readonly #producer: CoalescingProducer;
  readonly #replies: Consumer;
  readonly #health: ConsumerHealth;
  readonly #waiting = new Map<string, Waiting>();
  #next = 1;
  #unsent = 0;
  #closed = false;

  constructor(kafka: Kafka, options: KafkaCommandGatewayOptions) {
    this.#kafka = kafka;
    this.#options = { ...defaults, ...options };
    this.#sender = producerOf(kafka);
    this.#producer = new CoalescingProducer(this.#sender);
    this.#replies = consumerOf(kafka, options.names.group(`replies.${options.frontend}`));
    this.#health = new ConsumerHealth(this.#replies, 'replies');
  }

  /** To be called, and awaited, before the first command. */
  async start(): Promise<void> {
    const { replies: topic } = this.#options.names;
    await Promise.all([this.#sender.connect(), this.#replies.connect()]);
    await runningFromNow(this.#kafka, this.#replies, [topic], async (payload) => this.#take(payload));
  }

  execute(command: Command): Promise<CommandResult> {
    const { maxWaiting } = this.#options;
    if (this.#closed) return Promise.reject(new Unavailable('the gateway is closed'));
    if (this.#waiting.size >= maxWaiting) {
      return Promise.reject(new Unavailable('too many writes are waiting; repeat the request in a few seconds'));
    }
    const id = String(this.#next++);
    const message = this.#message(id, command);
    const octets = Buffer.byteLength(message.value ?? '');
    if (octets > maxCommandBytes) {
      const detail = `This is larger than a command can be here, ${maxCommandBytes} octets; make it smaller.`;
      return Promise.resolve(refused({ code: 'max-resource-size', detail }));
    }
    if (this.#unsent + octets > maxUnsentBytes) {
      return Promise.reject(new Unavailable('the brokers are too slow now; repeat the request in a few seconds'));
    }
    this.#unsent += octets;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => void this.#lookUp(id, command), this.#patience(command));
      this.#waiting.set(id, { timer, resolve, reject });
      this.#producer
        .send(this.#options.names.commands(command.service), [message])
        .finally(() => (this.#unsent -= octets))
        .catch((error) => {
          log('error', 'a command was not sent', { stream: command.stream, error });
          this.#settle(id)?.reject(new Unavailable(unknown));
        });
    });
  }

  /** @throws Error in words when replies do not come in */
  demandHealthy(): void {
    this.#health.demand();
  }

  /** What still waits is told that its outcome is not known. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(new Unavailable(unknown));
    await Promise.all([this.#sender.disconnect(), leave(this.#replies)]);
  }

  #patience({ notAfter }: Command): number {
    const { grace, longestWait } = this.#options;
    return Math.min(Math.max(0, notAfter - Date.now()) + grace, longestWait);
  }

  #message(id: string, command: Command): Message {
    const traceparent = currentTraceparent() ?? command.traceparent;
    const traced = traceparent === undefined ? command : { ...command, traceparent };
    const headers = headersFrom({ [replyTo]: this.#options.frontend, [correlation]: id, traceparent });
    return { key: keyOf(command.stream), value: JSON.stringify(traced), headers };
  }

  #take({ batch }: EachBatchPayload): void {
    for (const message of batch.messages) {
      if (headerOf(message, replyTo) === this.#options.frontend) this.#answer(message);
    }
  }

  #answer(message: KafkaMessage): void {
    const waiting = this.#settle(headerOf(message, correlation) ?? '');
    if (waiting === undefined) return;
    try {
      waiting.resolve(resultFrom(message));
    } catch (error) {
      waiting.reject(error as Error);
    }
  }

  /** Undefined when nobody waits any more: a reply may come twice, or too late. */
  #settle(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    clearTimeout(waiting?.timer);
    return waiting;
  }

  /** No reply came: the log knows whether the command was carried out. */
  async #lookUp(id: string, command: Command): Promise<void> {
    try {
      const commit = await this.#options.lookup(command);
      if (commit === undefined) this.#settle(id)?.reject(new Unavailable(unknown));
      else this.#settle(id)?.resolve(accepted(commit.outcome));
    } catch (error) {
      log('error', 'a command without a reply could not be looked up', { stream: command.stream, error });
      this.#settle(id)?.reject(new Unavailable(unknown));
    }
  }
}
