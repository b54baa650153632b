import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, kafkaNames } from '@almanac/adapters-distributed';
import type { Findings } from './findings.js';
import type { Random } from './random.js';

const services = ['calendar', 'tasks', 'directory', 'attachments'] as const;
const names = kafkaNames();
const share = 0.08;
/** `ALMANAC_CHAOS_COPIES=accepted` leaves out those that were refused, or whose outcome nobody was told. */
const onlyAccepted = process.env['ALMANAC_CHAOS_COPIES'] === 'accepted';
const soon = onlyAccepted ? 500 : 0;
const longestDelay = 20_000;
const restartDelay = 1_000;
/** Told apart from what the frontends sent, so that no copy is copied; the services do not look at it. */
const copied = 'chaos-copy';

/** Who waits for which reply. */
const waiter = (headers: Readonly<Record<string, unknown>> = {}): string =>
  `${String(headers['reply-to'])} ${String(headers['correlation'])}`;

/** Delivers commands twice: reads them from the topics, and sends some of them again, at once or much later. */
export async function deliverTwice(
  broker: string,
  { random, findings, running }: { random: Random; findings: Findings; running: () => boolean },
): Promise<{ stop(): Promise<void> }> {
  const kafka = connectKafka({ brokers: [broker], clientId: 'chaos' });
  const retry = { restartOnFailure: async () => true };
  const consumer = kafka.consumer({ groupId: `chaos-${process.pid}-${Date.now()}`, sessionTimeout: 10_000, retry });
  const producer = kafka.producer({ allowAutoTopicCreation: false });
  const copies = new Set<Promise<void>>();
  await Promise.all([consumer.connect(), producer.connect()]);
  const accepted = new Set<string>();
  await consumer.subscribe({ topics: [...services.map((service) => names.commands(service)), names.replies] });

  const copy = async (
    topic: string,
    message: Parameters<Parameters<typeof producer.send>[0]['messages']['push']>[0],
  ): Promise<void> => {
    await delay(random.chance(0.3) ? soon : random.between(soon, longestDelay));
    if (onlyAccepted && !accepted.has(waiter(message.headers))) return;
    try {
      await producer.send({ topic, messages: [message] });
      findings.outcome('command delivered twice', 'sent');
    } catch {
      findings.outcome('command delivered twice', 'not sent');
    }
  };
  const run = (): Promise<void> =>
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic, message: { key, value, headers = {} } }) => {
        if (topic === names.replies) {
          if (String(value).startsWith('{"result":{"kind":"accepted"')) accepted.add(waiter(headers));
          return;
        }
        if (!running() || headers[copied] !== undefined || !random.chance(share)) return;
        const copying = copy(topic, { key, value, headers: { ...headers, [copied]: '1' } });
        copies.add(copying);
        void copying.finally(() => copies.delete(copying));
      },
    });
  let stopped = false;
  // kafkajs gives up for good where a broker is away at a bad moment.
  consumer.on(consumer.events.CRASH, ({ payload }) => {
    if (!payload.restart) void again();
  });
  async function again(): Promise<void> {
    while (!stopped) {
      await delay(restartDelay);
      try {
        await consumer.connect();
        await run();
        return;
      } catch {
        // The broker is still away.
      }
    }
  }
  await run();
  return {
    async stop() {
      stopped = true;
      await Promise.allSettled(copies);
      await Promise.allSettled([consumer.disconnect(), producer.disconnect()]);
    },
  };
}
