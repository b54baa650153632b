/** The bare loop: commands to the owner process and replies back, and bare reads, with nothing of ours in between. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';
import { event } from '../operations.mjs';

const { Kafka, logLevel, Partitioners } = kafkajs;

/** @param {{ broker: string, mongo: string, partitions: number }} servers */
export async function startBareLoop({ broker, mongo, partitions }) {
  const name = `bare-${Date.now().toString(36)}`;
  const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
  const client = new MongoClient(mongo, {
    writeConcern: { w: 'majority', j: true },
    readConcern: { level: 'majority' },
  });
  const database = client.db(name);
  const collections = database.collection('collections');
  await Promise.all([makeTopics(kafka, name, partitions), makeIndexes(database)]);
  const owner = fork(new URL('./owner.mjs', import.meta.url), [broker, mongo, name]);
  await once(owner, 'message');
  const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  const consumer = kafka.consumer({ groupId: `${name}.client`, maxWaitTimeInMs: 500 });
  /** @type {Map<string, () => void>} */
  const waiting = new Map();
  await Promise.all([producer.connect(), consumer.connect()]);
  await consumer.subscribe({ topic: `${name}.replies`, fromBeginning: true });
  const joined = new Promise((resolve) => consumer.on(consumer.events.GROUP_JOIN, resolve));
  await consumer.run({
    async eachBatch({ batch }) {
      for (const { key } of batch.messages) waiting.get(String(key))?.();
    },
  });
  await joined;
  const send = gathering(async (messages) => {
    await producer.send({ topic: `${name}.commands`, messages, acks: -1 });
  });
  // As a frontend looks up the collections that it writes to.
  const lookUp = gathering(async (messages) => {
    const streams = [...new Set(messages.map(({ key }) => `${String(key)}/bench`))];
    await collections.find({ _id: /** @type {any} */ ({ $in: streams }) }).toArray();
    for (const message of messages) send(message);
  });
  let sent = 0;
  return {
    pid: owner.pid ?? 0,
    /** One write by the home of this number, as long as a PUT's. */
    write(/** @type {string} */ home, /** @type {number} */ index) {
      sent += 1;
      const id = String(sent);
      const stream = `${home}/bench`;
      const command = { id, stream, name: `e${sent}.ics`, uid: `u${sent}`, text: event(index) };
      return /** @type {Promise<void>} */ (
        new Promise((resolve) => {
          waiting.set(id, () => {
            waiting.delete(id);
            resolve();
          });
          lookUp({ key: home, value: JSON.stringify(command) });
        })
      );
    },
    /** A member by its name, as GET needs it. */
    read: (/** @type {string} */ stream, /** @type {string} */ member) =>
      database.collection('members').findOne(/** @type {any} */ ({ _id: `${stream}/${member}`, live: true })),
    /** A collection, and names and versions of all its members, as a listing needs them. */
    async list(/** @type {string} */ stream) {
      await collections.findOne(/** @type {any} */ ({ _id: stream }));
      return database
        .collection('members')
        .find({ stream, live: true })
        .project({ _id: 0, name: 1, version: 1, live: 1 })
        .sort({ version: 1 })
        .toArray();
    },
    async stop() {
      owner.disconnect();
      await Promise.all([producer.disconnect(), consumer.disconnect()]);
      await client.close();
    },
  };
}

async function makeTopics(
  /** @type {import('kafkajs').Kafka} */ kafka,
  /** @type {string} */ name,
  /** @type {number} */ partitions,
) {
  const admin = kafka.admin();
  await admin.connect();
  const topic = (/** @type {string} */ own, numPartitions = partitions) => ({
    topic: `${name}.${own}`,
    numPartitions,
    replicationFactor: 1,
  });
  await admin.createTopics({ topics: [topic('commands'), topic('events'), topic('replies', 1)], waitForLeaders: true });
  await admin.disconnect();
}

async function makeIndexes(/** @type {import('mongodb').Db} */ database) {
  await database.collection('commits').createIndexes([
    { key: { stream: 1, version: 1 }, unique: true },
    { key: { stream: 1, commandId: 1 }, unique: true },
    { key: { service: 1, _id: 1 }, partialFilterExpression: { published: false } },
  ]);
  await database
    .collection('members')
    .createIndexes([
      { key: { stream: 1, version: 1 } },
      { key: { stream: 1, uid: 1 } },
      { key: { stream: 1, component: 1, reach: 1, starts: 1, ends: 1 } },
    ]);
}

/** Does at once, one time after the other, what comes meanwhile. */
function gathering(/** @type {(messages: import('kafkajs').Message[]) => Promise<void>} */ work) {
  /** @type {import('kafkajs').Message[]} */
  let queue = [];
  let working = false;
  const pump = async () => {
    working = true;
    await new Promise((resolve) => setImmediate(resolve));
    while (queue.length > 0) {
      const messages = queue;
      queue = [];
      await work(messages);
    }
    working = false;
  };
  return (/** @type {import('kafkajs').Message} */ message) => {
    queue.push(message);
    if (!working) void pump();
  };
}
