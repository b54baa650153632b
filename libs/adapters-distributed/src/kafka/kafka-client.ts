import { setTimeout as delay } from 'node:timers/promises';
import { log } from '@almanac/observability';
import {
  type Admin,
  type Consumer,
  type EachBatchHandler,
  Kafka,
  type KafkaConfig,
  type LogEntry,
  logLevel,
  Partitioners,
  type Producer,
} from 'kafkajs';

/** The default waits up to half a minute between two attempts, long after a broker is back. */
const retry = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 8 };

/** Where the brokers are, and TLS and SASL where they ask for them. */
export interface KafkaConnection {
  readonly brokers: readonly string[];
  readonly clientId?: string;
  /** With the authorities that are trusted, in PEM; the system's when there are none. */
  readonly ssl?: { readonly ca?: readonly string[] };
  readonly sasl?: {
    readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
    readonly username: string;
    readonly password: string;
  };
}

export const connectKafka = ({ brokers, ssl, ...config }: KafkaConnection): Kafka =>
  new Kafka({
    ...(config as Pick<KafkaConfig, 'clientId' | 'sasl'>),
    brokers: [...brokers],
    ...(ssl === undefined ? {} : { ssl: ssl.ca === undefined ? true : { ca: [...ssl.ca] } }),
    retry,
    logLevel: logLevel.ERROR,
    logCreator: () => writeEntry,
  });

/** A group that forms, moves or loads, or a topic that another process has just made, is mended by itself. */
const passing =
  /topic creation|rebalanc|coordinator|not aware of this member|generation|restarting the consumer|not the leader|does not host/i;

function writeEntry({ namespace, log: { message, error } }: LogEntry): void {
  const level = passing.test(`${message} ${String(error)}`) ? 'debug' : 'error';
  log(level, 'kafka', { namespace, said: message, error });
}

export const producerOf = (kafka: Kafka): Producer =>
  kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner, retry, allowAutoTopicCreation: false });

export interface PartitionEnd {
  readonly partition: number;
  /** The offset of the next message. */
  readonly high: string;
}

const leaderLimit = 30_000;

/** kafkajs' classes of errors are not among what an ES module can import of it. */
const isRetriable = (error: unknown): boolean => (error as { retriable?: unknown }).retriable === true;

/** Asks each partition's leader; waits for one where a topic is new, or its leader has just gone. */
export async function endsOf(admin: Admin, topic: string): Promise<readonly PartitionEnd[]> {
  for (const deadline = Date.now() + leaderLimit; ; ) {
    try {
      return await admin.fetchTopicOffsets(topic);
    } catch (error) {
      if (!isRetriable(error) || Date.now() > deadline) throw error;
      await delay(50);
    }
  }
}

/** Runs work with a connection of its own for administration. */
export async function administer<Result>(kafka: Kafka, work: (admin: Admin) => Promise<Result>): Promise<Result> {
  const admin = kafka.admin();
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.disconnect();
  }
}

/** How long a fetch waits where nothing comes; to stop a consumer takes as long. */
const maxWaitTimeInMs = 500;

/** After so long the partitions of a member that was killed, or met a broker that was, go to others. */
const sessionTimeout = 10_000;
const heartbeatInterval = 2_000;

export function consumerOf(kafka: Kafka, groupId: string): Consumer {
  const consumer: Consumer = kafka.consumer({
    groupId,
    maxWaitTimeInMs,
    sessionTimeout,
    heartbeatInterval,
    allowAutoTopicCreation: false,
    retry: { ...retry, restartOnFailure: async () => !leavingOf(consumer).aborted },
  });
  return consumer;
}

/** By consumer: aborted once it is to stop. */
const leavings = new WeakMap<Consumer, AbortController>();
const restartDelay = 500;

function leavingFor(consumer: Consumer): AbortController {
  const leaving = leavings.get(consumer) ?? new AbortController();
  leavings.set(consumer, leaving);
  return leaving;
}

const leavingOf = (consumer: Consumer): AbortSignal => leavingFor(consumer).signal;

/** A consumer was told to leave before it had joined its group. */
export class HasLeft extends Error {
  override readonly name = 'HasLeft';
}

/**
 * Fulfilled when the consumer runs and has joined its group for the first time; from then on it runs until `leave`.
 * @throws HasLeft
 */
export async function running(consumer: Consumer, run: () => Promise<void>): Promise<void> {
  const leaving = leavingOf(consumer);
  if (leaving.aborted) await consumer.disconnect();
  leaving.throwIfAborted();
  const left = new Promise<never>((_resolve, reject) => {
    leaving.addEventListener('abort', () => reject(leaving.reason as Error), { once: true });
  });
  const joined = new Promise<void>((resolve) => {
    const off = consumer.on(consumer.events.GROUP_JOIN, () => {
      off();
      resolve();
    });
  });
  // kafkajs starts again by itself after most errors, but for good gives up where a broker was away at a bad moment.
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) void startAgain(consumer, run);
  });
  await Promise.race([run().then(() => joined), left]);
}

/**
 * As `running`, for a consumer that is connected and of a group of its own, which is given what comes from this call on:
 * the group has no offsets, and "latest" would be that of the first fetch, before which something can have come.
 */
export async function runningFromNow(
  kafka: Kafka,
  consumer: Consumer,
  topics: readonly string[],
  eachBatch: EachBatchHandler,
): Promise<void> {
  const ends = await administer(kafka, (admin) =>
    Promise.all(topics.map(async (topic) => ({ topic, partitions: await endsOf(admin, topic) }))),
  );
  await consumer.subscribe({ topics: [...topics] });
  // In the very moment of joining: before the first fetch, and before anything can make it start again.
  const off = consumer.on(consumer.events.GROUP_JOIN, () => {
    off();
    for (const { topic, partitions } of ends) {
      for (const { partition, high } of partitions) consumer.seek({ topic, partition, offset: high });
    }
  });
  // To commit would cost a round trip between two batches; who starts again waits for nothing old.
  await running(consumer, () => consumer.run({ eachBatch, autoCommit: false }));
}

async function startAgain(consumer: Consumer, run: () => Promise<void>): Promise<void> {
  for (;;) {
    await delay(restartDelay);
    if (leavingOf(consumer).aborted) return;
    try {
      await consumer.connect();
      await run();
      return;
    } catch (error) {
      log('error', 'a consumer did not start again and will be tried again', { error });
    }
  }
}

/** Whoever waits for it to join waits no more. */
export async function leave(consumer: Consumer): Promise<void> {
  leavingFor(consumer).abort(new HasLeft());
  await consumer.disconnect();
}

/** What the coordinator says when the group forms anew, or has done so without this member. */
const regrouping = new Set([
  'REBALANCE_IN_PROGRESS',
  'NOT_COORDINATOR_FOR_GROUP',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
]);

/**
 * Keeps a consumer in its group while work takes long. That the group forms anew shows at the next heartbeat that is awaited.
 * @param waited told, with what that heartbeat will throw, when the group has begun to wait for this member
 */
export async function stayingInGroup<Result>(
  heartbeat: () => Promise<void>,
  work: () => Promise<Result>,
  waited: (reason: Error) => void = () => {},
): Promise<Result> {
  const beat = async (): Promise<void> => {
    try {
      await heartbeat();
    } catch (error) {
      if (regrouping.has(String((error as { type?: unknown }).type))) waited(error as Error);
    }
  };
  const timer = setInterval(() => void beat(), heartbeatInterval);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}

/** The text of a header; undefined when the message has none of that name. */
export function headerOf(
  message: { readonly headers?: Readonly<Record<string, unknown>> | undefined },
  name: string,
): string | undefined {
  const value = message.headers?.[name];
  return value === undefined || value === null ? undefined : String(value);
}

/** kafkajs sends a header of no value as an empty one. */
export const headersFrom = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined));
