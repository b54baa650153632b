/**
 * The bare loop's side of an owner, a process of its own: for each batch the same Kafka and database operations that a batch
 * of PUTs costs an owner and those who follow its events, and nothing else. What these servers do with it is the floor that
 * they set.
 */
import kafkajs from 'kafkajs';
import { MongoClient } from 'mongodb';

const { Kafka, logLevel, Partitioners } = kafkajs;
const [broker = '', mongo = '', name = ''] = process.argv.slice(2);
const kafka = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING });
const client = new MongoClient(mongo, { writeConcern: { w: 'majority', j: true }, readConcern: { level: 'majority' } });
const database = client.db(name);
const commits = database.collection('commits');
const members = database.collection('members');
const collections = database.collection('collections');
const outcomes = database.collection('outcomes');
const attachmentHomes = database.collection('attachmentHomes');
const producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
const consumer = kafka.consumer({ groupId: `${name}.owner`, maxWaitTimeInMs: 500 });

/** @typedef {{ id: string, stream: string, name: string, uid: string, text: string }} BareCommand */

async function handle(/** @type {BareCommand[]} */ batch) {
  const streams = Map.groupBy(batch, ({ stream }) => stream);
  const ids = batch.map(({ stream, name: own }) => `${stream}/${own}`);
  const projection = { stream: 1, name: 1, uid: 1, version: 1, size: 1 };
  const perStream = [...streams].flatMap(([stream, own]) => [
    commits.find({ stream, commandId: { $in: own.map(({ id }) => id) } }).toArray(),
    members.find({ stream, uid: { $in: own.map(({ uid }) => uid) } }, { projection }).toArray(),
  ]);
  const [found] = await Promise.all([
    collections.find({ _id: /** @type {any} */ ({ $in: [...streams.keys()] }) }).toArray(),
    members
      .find({ _id: /** @type {any} */ ({ $in: ids }), stream: { $in: [...streams.keys()] } }, { projection })
      .toArray(),
    outcomes.find({ _id: /** @type {any} */ ({ $in: batch.map(({ id }) => id) }) }).toArray(),
    attachmentHomes.find({ _id: /** @type {any} */ ({ $in: [...streams.keys()] }) }).toArray(),
    ...perStream,
  ]);
  const heads = new Map(found.map(({ _id, version }) => [String(_id), Number(version)]));
  const made = batch.map((command) => {
    const version = (heads.get(command.stream) ?? 0) + 1;
    heads.set(command.stream, version);
    return { ...command, version };
  });
  await commits.insertMany(
    made.map(({ id, stream, version, text, uid, name: own }) => {
      const event = { type: 'MemberPut', schema: 1, name: own, received: text, stored: text, facts: { uid } };
      return {
        stream,
        version,
        commandId: id,
        events: [event],
        actor: 'bare',
        at: Date.now(),
        service: 'calendar',
        published: false,
      };
    }),
    { ordered: true },
  );
  await members.bulkWrite(
    made.flatMap(({ stream, name: own, version, uid, text }) => {
      const filter = /** @type {any} */ ({ _id: `${stream}/${own}`, stream, version: { $lt: version } });
      const times = { reach: 0, starts: version, ends: version + 3600, component: 'VEVENT' };
      const facts = { uid, component: 'VEVENT', start: version, end: version + 3600, recurring: false };
      const content = {
        version,
        uid,
        live: true,
        ...times,
        facts,
        size: text.length,
        data: Buffer.from(text),
        epoch: 'e',
      };
      const born = { createdAt: 1, createdBy: 'bare' };
      const update = { $set: content, $setOnInsert: { name: own, ...born, properties: null } };
      return [
        { updateOne: { filter: { ...filter, live: false }, update: { $set: born } } },
        { updateOne: { filter, update, upsert: true } },
      ];
    }),
  );
  await collections.bulkWrite(
    [...Map.groupBy(made, ({ stream }) => stream)].map(([stream, own]) => ({
      updateOne: {
        filter: /** @type {any} */ ({ _id: stream, version: { $lt: own[0]?.version } }),
        update: { $set: { version: own.at(-1)?.version }, $inc: { members: own.length, size: 600 * own.length } },
        upsert: true,
      },
    })),
  );
  return made;
}

/** As the relay does, beside the loop. */
async function publish(/** @type {{ stream: string, version: number }[]} */ made) {
  const messages = made.map((commit) => ({ key: commit.stream, value: JSON.stringify(commit) }));
  await producer.send({ topic: `${name}.events`, messages, acks: -1 });
  const streams = Map.groupBy(made, ({ stream }) => stream);
  const update = { $set: { published: true } };
  const markings = [...streams].map(([stream, own]) => {
    const filter = { stream, version: { $in: own.map(({ version }) => version) } };
    return { updateMany: { filter, update } };
  });
  await commits.bulkWrite(markings, { ordered: false });
}

/** Two services follow the events of a third; what of a PUT they do not want, they leave unread. */
const followers = ['first', 'second'].map((follower) =>
  kafka.consumer({ groupId: `${name}.${follower}`, maxWaitTimeInMs: 500 }),
);

await Promise.all([client, producer, consumer, ...followers].map((each) => each.connect()));
for (const follower of followers) {
  await follower.subscribe({ topic: `${name}.events`, fromBeginning: true });
  await follower.run({ partitionsConsumedConcurrently: 4, eachBatchAutoResolve: true, eachBatch: async () => {} });
}
await consumer.subscribe({ topic: `${name}.commands`, fromBeginning: true });
consumer.on(consumer.events.GROUP_JOIN, () => process.send?.('ready'));
await consumer.run({
  partitionsConsumedConcurrently: 4,
  eachBatchAutoResolve: false,
  autoCommitInterval: 500,
  async eachBatch({ batch, resolveOffset }) {
    const commands = batch.messages.map(({ value }) => JSON.parse(String(value)));
    const made = await handle(commands);
    const replies = made.map(({ id, version }) => ({ key: id, value: JSON.stringify({ id, version }) }));
    await producer.send({ topic: `${name}.replies`, messages: replies, acks: -1 });
    resolveOffset(batch.lastOffset());
    void publish(made);
  },
});
process.on('disconnect', () => process.exit(0));
