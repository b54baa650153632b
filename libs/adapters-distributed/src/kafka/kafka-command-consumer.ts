import { setTimeout as delay } from 'node:timers/promises';
import type { Command, ServiceName } from '@almanac/contracts';
import { batchSpan, counter, log, span } from '@almanac/observability';
import { type BatchHandler, Unavailable, VersionConflict } from '@almanac/ports';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage, Message, Producer } from 'kafkajs';
import { isMongoAway } from '../mongo/is-mongo-away.js';
import { CoalescingProducer } from './coalescing-producer.js';
import { CommandLag } from './command-lag.js';
import { ConsumerHealth } from './consumer-health.js';
import { consumerOf, headerOf, headersFrom, leave, producerOf, running, stayingInGroup } from './kafka-client.js';
import { commandFrom, errorReply, type Reply, replyMessage } from './reply.js';
import type { KafkaNames } from './topics.js';

export interface KafkaCommandConsumerOptions {
  readonly names: KafkaNames;
  /** The services that this process is an owner of. */
  readonly handlers: Readonly<Partial<Record<ServiceName, BatchHandler>>>;
  readonly partitionsConsumedConcurrently?: number;
}

interface Received {
  readonly message: KafkaMessage;
  readonly command: Command;
}

/**
 * Milliseconds between two commits of offsets: a round trip that no command waits for. What is delivered again after a
 * crash is known by its commandId or its offset.
 */
const autoCommitInterval = 500;

/** Characters of what is said of a parked command. */
const maxDescription = 4_000;

const parked = counter('almanac_commands_parked_total', 'Commands that could not be handled and were parked', [
  'service',
]);

/** More commands than these are not handled at once. */
const maxBatch = 256;
const retryDelays = [100, 500, 2_000, 5_000];

/** These pass by themselves; to refuse the command or to park it would be wrong. */
const isPassing = (error: unknown): boolean =>
  error instanceof Unavailable || error instanceof VersionConflict || isMongoAway(error);

/**
 * Handles the commands of whatever partitions this process owns: those of a batch at once, then one request with all
 * replies, then the offsets (design 2). Delivered again, a command that has a commit gives the same outcome.
 */
export class KafkaCommandConsumer {
  readonly #options: KafkaCommandConsumerOptions;
  readonly #sender: Producer;
  readonly #producer: CoalescingProducer;
  readonly #consumers: readonly (readonly [ServiceName, BatchHandler, Consumer])[];
  readonly #health: readonly ConsumerHealth[];
  readonly #lag = new CommandLag();
  #stopping = false;

  constructor(kafka: Kafka, options: KafkaCommandConsumerOptions) {
    this.#options = options;
    this.#sender = producerOf(kafka);
    this.#producer = new CoalescingProducer(this.#sender);
    const services = Object.entries(options.handlers) as [ServiceName, BatchHandler][];
    this.#consumers = services.map(([service, handler]) => {
      return [service, handler, consumerOf(kafka, options.names.group(service))] as const;
    });
    this.#health = this.#consumers.map(
      ([service, , consumer]) => new ConsumerHealth(consumer, `${service}'s commands`),
    );
  }

  /** Fulfilled when the groups of all its services have been joined. */
  async start(): Promise<void> {
    await this.#sender.connect();
    await Promise.all(
      this.#consumers.map(async ([service, handler, consumer]) => {
        await consumer.connect();
        const topic = this.#options.names.commands(service);
        await consumer.subscribe({ topic, fromBeginning: true });
        this.#lag.follow(consumer, topic);
        const eachBatch = (payload: EachBatchPayload): Promise<void> =>
          stayingInGroup(payload.heartbeat, () =>
            this.#lag.during(payload, () => this.#takeBatch(service, handler, payload)),
          );
        const { partitionsConsumedConcurrently = 4 } = this.#options;
        const run = { eachBatch, eachBatchAutoResolve: false, autoCommitInterval, partitionsConsumedConcurrently };
        await running(consumer, () => consumer.run(run));
      }),
    );
  }

  /** @throws Error in words when commands are not handled: the brokers or what a batch needs are away */
  demandHealthy(): void {
    for (const health of this.#health) health.demand();
    this.#lag.demand();
  }

  /** Fulfilled when the batches under way are done and the groups have been left. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await Promise.all(this.#consumers.map(([, , consumer]) => leave(consumer)));
    await this.#sender.disconnect();
  }

  async #takeBatch(service: ServiceName, handler: BatchHandler, payload: EachBatchPayload): Promise<void> {
    const { batch, resolveOffset, heartbeat, isRunning, isStale } = payload;
    for (let first = 0; first < batch.messages.length; first += maxBatch) {
      if (!isRunning() || isStale()) return;
      const messages = batch.messages.slice(first, first + maxBatch);
      const answered = await spanOf(service, messages, async () => {
        const replies = await this.#untilAvailable(payload, () => this.#handle(service, handler, messages, payload));
        if (replies === null) return false;
        await span('reply', { replies: replies.length }, () =>
          this.#producer.send(this.#options.names.replies, replies),
        );
        return true;
      });
      if (!answered) return;
      resolveOffset(messages.at(-1)?.offset ?? batch.lastOffset());
      await heartbeat();
    }
  }

  /** Tries again while a neighbour is away; null when the batch is no longer this process's to handle. */
  async #untilAvailable<Result>(
    { heartbeat, isRunning, isStale, batch }: EachBatchPayload,
    work: () => Promise<Result>,
  ): Promise<Result | null> {
    for (let attempt = 0; isRunning() && !isStale() && !this.#stopping; attempt += 1) {
      try {
        return await work();
      } catch (error) {
        if (!isPassing(error)) throw error;
        const { topic, partition } = batch;
        log('warn', 'commands wait for what they need', { topic, partition, error });
        await delay(retryDelays[Math.min(attempt, retryDelays.length - 1)]);
        await heartbeat();
      }
    }
    return null;
  }

  async #handle(
    service: ServiceName,
    handler: BatchHandler,
    messages: readonly KafkaMessage[],
    payload: EachBatchPayload,
  ): Promise<Message[]> {
    const { topic, partition } = payload.batch;
    const received: Received[] = [];
    const replies: (Message | null)[] = [];
    for (const message of messages) {
      try {
        received.push({
          message,
          command: { ...commandFrom(message), source: { topic, partition, offset: message.offset } },
        });
      } catch (error) {
        replies.push(await this.#park(service, message, error));
      }
    }
    if (received.length > 0) replies.push(...(await this.#perform(service, handler, received)));
    const commands = received.map(({ command }) => command);
    this.#lag.shown(payload, commands, messages.at(-1)?.offset ?? payload.batch.lastOffset());
    return replies.filter((reply) => reply !== null);
  }

  async #perform(
    service: ServiceName,
    handler: BatchHandler,
    received: readonly Received[],
  ): Promise<(Message | null)[]> {
    const [first] = received;
    const commands = received.map(({ command }) => command);
    try {
      const results = await handler(commands);
      return received.map(({ message }, index) => replyMessage(message, { result: results[index] } as Reply));
    } catch (error) {
      if (isPassing(error)) throw error;
      if (received.length === 1 && first !== undefined) return [await this.#park(service, first.message, error)];
      const replies: (Message | null)[] = [];
      // In their order, one by one: what cannot be handled does not take its neighbours with it.
      for (const one of received) replies.push(...(await this.#perform(service, handler, [one])));
      return replies;
    }
  }

  /** A command that cannot be handled is kept for a person to look at, and whoever waits for it is told. */
  async #park(service: ServiceName, message: KafkaMessage, error: unknown): Promise<Message | null> {
    const traceparent = headerOf(message, 'traceparent');
    const description = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const { key, value, offset } = message;
    log('error', 'a command failed and was parked', { service, key: String(key), offset, traceparent, error });
    const headers = headersFrom({ error: description.slice(0, maxDescription), traceparent });
    await this.#producer.send(this.#options.names.dead(service), [{ key, value, headers }]);
    parked.inc({ service });
    return replyMessage(message, errorReply(error));
  }
}

/** One span for a batch, in the traces of all its commands. */
const spanOf = (
  service: ServiceName,
  messages: readonly KafkaMessage[],
  work: () => Promise<boolean>,
): Promise<boolean> =>
  batchSpan(
    { batch: 'handle-commands', each: 'handle-command' },
    {
      traceparents: messages.flatMap((message) => headerOf(message, 'traceparent') ?? []),
      attributes: { service, commands: messages.length },
    },
    work,
  );
