import type { Message, Producer } from 'kafkajs';

interface Queued {
  readonly topic: string;
  readonly messages: readonly Message[];
  resolve(): void;
  reject(error: unknown): void;
}

/** All of a request may fall into one partition, whose batch is then bounded by max.message.bytes (create-topics.ts). */
const maxRequestBytes = 4 * 1024 * 1024;

/**
 * One request to the brokers at a time: what comes in the same tick, or while a request is under way, makes up the
 * next one. So messages keep their order, and the more there is to send, the less each message costs.
 */
export class CoalescingProducer {
  readonly #producer: Producer;
  #queue: Queued[] = [];
  #running = false;

  /** @param producer connected and disconnected by whoever made it */
  constructor(producer: Producer) {
    this.#producer = producer;
  }

  /** Fulfilled once all in-sync replicas have the messages. */
  send(topic: string, messages: readonly Message[]): Promise<void> {
    if (messages.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#queue.push({ topic, messages, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const request = this.#queue.splice(0, fitting(this.#queue));
      try {
        const topicMessages = [...Map.groupBy(request, ({ topic }) => topic)].map(([topic, queued]) => ({
          topic,
          messages: queued.flatMap(({ messages }) => messages),
        }));
        await this.#producer.sendBatch({ topicMessages, acks: -1 });
        for (const { resolve } of request) resolve();
      } catch (error) {
        for (const { reject } of [...request, ...this.#alsoLost(error)]) reject(error);
      }
    }
    this.#running = false;
  }

  /** While the brokers are away nothing piles up: what has come meanwhile would wait as long for the same answer. */
  #alsoLost(error: unknown): readonly Queued[] {
    return error instanceof Error && error.name === 'KafkaJSNumberOfRetriesExceeded' ? this.#queue.splice(0) : [];
  }
}

/** How many of the queue one request takes; at least one. */
function fitting(queue: readonly Queued[]): number {
  let bytes = 0;
  const index = queue.findIndex(({ messages }) => {
    for (const { value } of messages) bytes += value === null ? 0 : Buffer.byteLength(value);
    return bytes > maxRequestBytes;
  });
  return index === -1 ? queue.length : Math.max(index, 1);
}
