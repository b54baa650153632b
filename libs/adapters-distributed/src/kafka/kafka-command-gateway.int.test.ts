import { randomUUID } from 'node:crypto';
import { accepted, type Command, commandId, type CommandResult, streamName } from '@almanac/contracts';
import { command, commit } from '@almanac/port-contracts';
import { type BatchHandler, Unavailable } from '@almanac/ports';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { createTopics } from './create-topics.js';
import { connectKafka, headerOf, producerOf, running } from './kafka-client.js';
import { KafkaCommandConsumer } from './kafka-command-consumer.js';
import { type CommitLookup, KafkaCommandGateway, type KafkaCommandGatewayOptions } from './kafka-command-gateway.js';
import { kafkaNames, type KafkaNames } from './topics.js';

const { kafka: broker, missing } = inject('servers');
const kafka = connectKafka({ brokers: [broker] });

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function emptyTopics(partitions = 2): Promise<KafkaNames> {
  const names = kafkaNames(`${randomUUID()}.`);
  await createTopics(kafka, names, ['calendar'], { partitions, replicationFactor: 1 });
  return names;
}

async function startGateway(names: KafkaNames, options: Partial<KafkaCommandGatewayOptions> = {}) {
  const lookup: CommitLookup = async () => undefined;
  const gateway = new KafkaCommandGateway(kafka, { names, frontend: randomUUID(), lookup, ...options });
  cleanups.push(() => gateway.close());
  await gateway.start();
  return gateway;
}

async function startOwner(names: KafkaNames, calendar: BatchHandler) {
  const owner = new KafkaCommandConsumer(kafka, { names, handlers: { calendar } });
  cleanups.push(() => owner.stop());
  await owner.start();
  return owner;
}

const create = (id: string, to = 'example/ada/work'): Command =>
  command(id, { type: 'RenewEpoch', epoch: id }, streamName(to));

const echo = ({ commandId: id }: Command): CommandResult => accepted({ version: 1, epoch: id });
const echoAll: BatchHandler = async (commands) => commands.map(echo);

/** The messages of a topic from its beginning, once there are so many. */
async function messagesOf(topic: string, count: number) {
  const consumer = kafka.consumer({ groupId: randomUUID(), maxWaitTimeInMs: 100 });
  const messages: Record<'value' | 'error' | 'traceparent', string | undefined>[] = [];
  cleanups.push(() => consumer.disconnect());
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const eachMessage = async ({ message }: { message: Parameters<typeof headerOf>[0] & { value: Buffer | null } }) => {
    const [error, traceparent] = [headerOf(message, 'error'), headerOf(message, 'traceparent')];
    messages.push({ value: String(message.value), error, traceparent });
  };
  await running(consumer, () => consumer.run({ eachMessage }));
  await expect.poll(() => messages.length, { timeout: 20_000 }).toBe(count);
  return messages;
}

describe.skipIf(missing !== '')(`Commands over Kafka${missing}`, () => {
  it('makes the topics that are missing, and leaves alone those that are there', async () => {
    const names = await emptyTopics(3);
    await createTopics(kafka, names, ['calendar', 'tasks'], { partitions: 5, replicationFactor: 1 });
    const admin = kafka.admin();
    cleanups.push(() => admin.disconnect());
    await admin.connect();
    const topics = [names.commands('calendar'), names.commands('tasks'), names.replies];
    const found = (await admin.fetchTopicMetadata({ topics })).topics;
    const partitions = new Map(found.map((topic) => [topic.name, topic.partitions.length]));
    expect(topics.map((topic) => partitions.get(topic))).toEqual([3, 5, 1]);
  });

  it('gives each frontend the replies to its own commands, though both use the same ids', async () => {
    const names = await emptyTopics();
    const [left, right] = await Promise.all([startGateway(names), startGateway(names), startOwner(names, echoAll)]);
    const results = await Promise.all([left.execute(create('l')), right.execute(create('r'))]);
    expect(results).toEqual([accepted({ version: 1, epoch: 'l' }), accepted({ version: 1, epoch: 'r' })]);
  });

  it('hands the commands of a partition over together and in their order', async () => {
    const names = await emptyTopics(1);
    const batches: number[] = [];
    const calendar: BatchHandler = async (commands) => {
      batches.push(commands.length);
      return commands.map(echo);
    };
    const [gateway] = await Promise.all([startGateway(names), startOwner(names, calendar)]);
    const ids = Array.from({ length: 200 }, (_, index) => `c${index}`);
    const results = await Promise.all(ids.map((id) => gateway.execute(create(id))));
    expect(results).toEqual(ids.map((id) => accepted({ version: 1, epoch: id })));
    expect(batches.length).toBeLessThan(10);
  });

  it('finds a lost reply among the commits, and else says that the outcome is not known', async () => {
    const names = await emptyTopics();
    const done = commit(7, { commandId: commandId('done') });
    const lookup: CommitLookup = async ({ commandId: id }) => (id === 'done' ? done : undefined);
    const gateway = await startGateway(names, { lookup, grace: 100, longestWait: 300 });
    expect(await gateway.execute(create('done'))).toEqual(accepted({ version: 7 }));
    await expect(gateway.execute(create('lost'))).rejects.toThrow(Unavailable);
    const started = Date.now();
    await expect(gateway.execute({ ...create('late'), notAfter: 1 })).rejects.toThrow(Unavailable);
    expect(Date.now() - started).toBeLessThan(250);
  });

  it('takes no more commands than it can keep waiting', async () => {
    const names = await emptyTopics();
    const gateway = await startGateway(names, { maxWaiting: 2, longestWait: 300 });
    const said = await Promise.allSettled(['a', 'b', 'c'].map((id) => gateway.execute(create(id))));
    const reasons = said.map((result) => String((result as PromiseRejectedResult).reason));
    expect(reasons.map((reason) => reason.includes('too many'))).toEqual([false, false, true]);
  });

  it('refuses what no message can hold, and sends none of it', async () => {
    const names = await emptyTopics(1);
    const [gateway] = await Promise.all([startGateway(names), startOwner(names, echoAll)]);
    const large = { ...create('large'), device: 'x'.repeat(3 * 1024 * 1024) };
    expect(await gateway.execute(large)).toMatchObject({ kind: 'refused', rejection: { code: 'max-resource-size' } });
    expect(await gateway.execute(create('small'))).toMatchObject({ kind: 'accepted' });
  });

  it('parks what cannot be handled, tells whoever waits, and goes on', async () => {
    const names = await emptyTopics(1);
    const calendar: BatchHandler = async (commands) => {
      if (commands.some(({ commandId: id }) => id === 'poison')) throw new RangeError('poisonous');
      return commands.map(echo);
    };
    const [gateway] = await Promise.all([startGateway(names), startOwner(names, calendar)]);
    const producer = producerOf(kafka);
    await producer.connect();
    const { at: _at, ...timeless } = create('timeless');
    const strange = ['no JSON', JSON.stringify(timeless), JSON.stringify(create('lost', 'example/ada'))];
    const messages = strange.map((value) => ({ key: 'example/ada', value }));
    await producer.send({ topic: names.commands('calendar'), messages });
    await producer.disconnect();
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    const commands = ['a', 'poison', 'b'].map((id) => ({ ...create(id), traceparent }));
    const said = await Promise.allSettled(commands.map((one) => gateway.execute(one)));
    expect(said.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(said[1]).toMatchObject({ reason: { name: 'CommandFailed', met: 'RangeError', message: 'poisonous' } });
    const parked = await messagesOf(names.dead('calendar'), 4);
    expect(parked.slice(0, 3).map(({ value }) => value)).toEqual(strange);
    expect(parked[3]).toMatchObject({ error: expect.stringContaining('poisonous'), traceparent });
  });

  it('keeps commands while what they need is away, and refuses none of them', async () => {
    const names = await emptyTopics(1);
    let failures = 2;
    const calendar: BatchHandler = async (commands) => {
      if (failures-- > 0) throw new Unavailable('the database is away');
      return commands.map(echo);
    };
    const [gateway] = await Promise.all([startGateway(names), startOwner(names, calendar)]);
    const results = await Promise.all(['a', 'b'].map((id) => gateway.execute(create(id))));
    expect(results.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  });

  it('hands nothing over again to the next owner once it is answered, and the rest to it', async () => {
    const names = await emptyTopics(1);
    const seen: string[] = [];
    const calendar: BatchHandler = async (commands) => {
      seen.push(...commands.map(({ commandId: id }) => id));
      return commands.map(echo);
    };
    const [gateway, first] = await Promise.all([startGateway(names), startOwner(names, calendar)]);
    await gateway.execute(create('a'));
    await first.stop();
    const waiting = gateway.execute(create('b'));
    await startOwner(names, calendar);
    expect(await waiting).toEqual(accepted({ version: 1, epoch: 'b' }));
    expect(seen).toEqual(['a', 'b']);
  });

  it('answers every command while owners come and go', async () => {
    const names = await emptyTopics(4);
    const seen = new Map<string, Set<number>>();
    const calendar: BatchHandler = async (commands) => {
      for (const { stream, commandId: id } of commands) {
        seen.set(stream, (seen.get(stream) ?? new Set()).add(Number(id)));
      }
      return commands.map(echo);
    };
    const [gateway, first] = await Promise.all([startGateway(names), startOwner(names, calendar)]);
    let changing = true;
    const write = async (home: string) => {
      let count = 0;
      for (; changing || count < 20; count += 1) await gateway.execute(create(String(count), `example/${home}/work`));
      return count;
    };
    const writers = ['ada', 'bob', 'eve', 'kim'].map(write);
    await startOwner(names, calendar);
    await first.stop();
    changing = false;
    const counts = await Promise.all(writers);
    // A command may be handed over again; the first time that each was seen is what counts.
    const inOrder = counts.map((count) => Array.from({ length: count }, (_, index) => index));
    expect([...seen.keys()].toSorted().map((stream) => [...(seen.get(stream) ?? [])])).toEqual(inOrder);
  });
});
