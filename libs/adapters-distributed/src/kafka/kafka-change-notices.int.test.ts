import { randomUUID } from 'node:crypto';
import { type StreamName, streamName, tenantId } from '@almanac/contracts';
import { commit } from '@almanac/port-contracts';
import { type ChangeNotice, Unavailable } from '@almanac/ports';
import type { Consumer, ConsumerRunConfig, Kafka } from 'kafkajs';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { commitMessage } from './cloud-event.js';
import { createTopics } from './create-topics.js';
import { KafkaChangeNotices } from './kafka-change-notices.js';
import { connectKafka, producerOf } from './kafka-client.js';
import { kafkaNames } from './topics.js';

const { kafka: broker, missing } = inject('servers');
const kafka = connectKafka({ brokers: [broker] });
const services = ['calendar'] as const;
const tenant = tenantId('t1');

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function log() {
  const names = kafkaNames(`${randomUUID()}.`);
  await createTopics(kafka, names, services, { partitions: 2, replicationFactor: 1 });
  const producer = producerOf(kafka);
  await producer.connect();
  cleanups.push(() => producer.disconnect());
  const publish = async (stream: string, version: number) => {
    const message = commitMessage('calendar', commit(version, { stream: streamName(stream) }));
    await producer.send({ topic: names.events('calendar'), messages: [message] });
  };
  const versions = new Map<StreamName, number>();
  const show = (stream: string, version: number) => versions.set(streamName(stream), version);
  const notices = (over: Kafka = kafka, joinLimit = 10_000) => {
    const shown = async () => versions;
    const made = new KafkaChangeNotices(over, { names, instance: randomUUID(), services, shown, joinLimit });
    cleanups.push(() => made.stop());
    return made;
  };
  return { publish, show, notices };
}

/** Kafka where the first look at the topics fails, and what becomes of the consumers. */
function failingOnce() {
  let isFailing = true;
  const left: Consumer[] = [];
  const broken = {
    admin: () => {
      const admin = kafka.admin();
      if (!isFailing) return admin;
      isFailing = false;
      return { ...admin, fetchTopicOffsets: () => Promise.reject(new Error('the broker went away')) };
    },
    consumer: (config: Parameters<Kafka['consumer']>[0]) => {
      const consumer = kafka.consumer(config);
      consumer.on(consumer.events.DISCONNECT, () => void left.push(consumer));
      return consumer;
    },
  };
  return { broken: broken as unknown as Kafka, left };
}

/** Kafka where consumers run as they are made to. */
function kafkaRunning(run: (consumer: Consumer, config: ConsumerRunConfig | undefined) => Promise<void>): Kafka {
  const consumerOf = (config: Parameters<Kafka['consumer']>[0]) => {
    const consumer = kafka.consumer(config);
    return { ...consumer, run: (how?: ConsumerRunConfig) => run(consumer, how) };
  };
  return { admin: () => kafka.admin(), consumer: consumerOf } as unknown as Kafka;
}

const neverJoining = kafkaRunning(async () => {});
const crashingOnce = kafkaRunning(async (consumer, config) => {
  await consumer.run(config);
  await consumer.stop();
});

describe.skipIf(missing !== '')(`Kafka${missing}`, () => {
  it('tells who follows which streams of their tenant changed, once the read models show it', async () => {
    const { publish, show, notices } = await log();
    const heard: string[] = [];
    const hear = (told: readonly ChangeNotice[]) => void heard.push(...told.map(({ stream }) => stream));
    await publish('t1/ada/before', 1);
    await notices().follow(tenant, hear);
    await publish('t2/ada/other', 1);
    await publish('t1/ada/late', 2);
    await publish('t1/ada/work', 1);
    show('t1/ada/work', 1);
    show('t1/ada/late', 1);
    await expect.poll(() => heard).toEqual(['t1/ada/work']);
    show('t1/ada/late', 2);
    await expect.poll(() => heard).toEqual(['t1/ada/work', 't1/ada/late']);
  });

  it('whoever could not begin says so to all that waited, leaves nothing behind, and begins anew', async () => {
    const { publish, show, notices } = await log();
    const { broken, left } = failingOnce();
    const tried = notices(broken);
    const heard: string[] = [];
    const hear = (told: readonly ChangeNotice[]) => void heard.push(...told.map(({ stream }) => stream));
    const both = await Promise.allSettled([tried.follow(tenant, hear), tried.follow(tenant, hear)]);
    for (const each of both) expect(each).toMatchObject({ status: 'rejected', reason: expect.any(Unavailable) });
    expect(left).toHaveLength(1);
    await tried.follow(tenant, hear);
    show('t1/ada/work', 1);
    await publish('t1/ada/work', 1);
    await expect.poll(() => heard).toEqual(['t1/ada/work']);
    expect(left).toHaveLength(1);
  });

  it('whoever cannot join says so after a while, and at once when it is to stop', async () => {
    const { notices } = await log();
    await expect(notices(neverJoining, 100).follow(tenant, () => {})).rejects.toThrow(Unavailable);
    const stopped = notices(neverJoining, 600_000);
    const following = stopped.follow(tenant, () => {});
    await Promise.all([stopped.stop(), expect(following).rejects.toThrow(Unavailable)]);
  });

  it('follows from its joining on, also where its consumer stops just then', async () => {
    const { notices } = await log();
    await notices(crashingOnce).follow(tenant, () => {});
  });
});
