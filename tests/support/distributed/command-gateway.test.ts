import { randomUUID } from 'node:crypto';
import { connectKafka, connectMongo, type KafkaCommandGateway } from '@almanac/adapters-distributed';
import { commandGatewayContract } from '@almanac/port-contracts';
import { afterAll, afterEach, describe, inject } from 'vitest';
import { calendarOverKafka } from './calendar-over-kafka.js';

const { kafka: broker, mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
const kafka = connectKafka({ brokers: [broker] });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});
afterAll(() => client.close());

async function open(): Promise<KafkaCommandGateway> {
  const calendar = await calendarOverKafka({ kafka, database: client.db(`test-${randomUUID()}`) });
  cleanups.push(() => calendar.stop());
  return calendar.gateway;
}

describe.skipIf(missing !== '')(`Kafka and MongoDB${missing}`, () => {
  commandGatewayContract(open);
});
