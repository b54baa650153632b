import { randomUUID } from 'node:crypto';
import { describe, expect, inject, it } from 'vitest';
import { connectKafka, consumerOf, HasLeft, leave, running } from './kafka-client.js';

const { kafka: broker, missing } = inject('servers');
const kafka = connectKafka({ brokers: [broker] });

describe.skipIf(missing !== '')(`A consumer of Kafka${missing}`, () => {
  it('is waited for no more once it is told to leave, whether it has joined its group or not', async () => {
    const consumer = consumerOf(kafka, randomUUID());
    await consumer.connect();
    const joining = running(consumer, async () => {}).catch((error: unknown) => error);
    await leave(consumer);
    expect(await joining).toBeInstanceOf(HasLeft);
    await expect(running(consumer, async () => {})).rejects.toThrow(HasLeft);
  });
});
