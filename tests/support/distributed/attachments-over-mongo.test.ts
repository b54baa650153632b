import { randomUUID } from 'node:crypto';
import {
  commitsCollection,
  connectMongo,
  GridFsBlobStore,
  type IndexedQuery,
  isIndexed,
  Lease,
  leasesCollection,
  MongoAttachmentReader,
  MongoEventStore,
  MongoReadModelWriter,
  ReadModels,
  readModelIndexes,
  rebuildReadModels,
  type Table,
  verifyReadModels,
} from '@almanac/adapters-distributed';
import {
  type AttachmentCommandBody,
  attachmentsStream,
  type Command,
  commandId,
  type NewAttachment,
  principalId,
  tenantId,
} from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { CommandGateway, ReadModelWriter } from '@almanac/ports';
import { attachmentProjections, collectionProjections, directoryProjections } from '@almanac/read-model';
import { attachmentCommands, collectAttachments, PeriodicCollection } from '@almanac/service-attachments';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none', ...{ monitorCommands: true } });
afterAll(() => client.close());

const tenant = tenantId('example');
const stream = attachmentsStream(tenant, principalId('ada'));
const holder = { stream: 'example/ada/work', name: 'a.ics' };
const projectorFor = (writer: ReadModelWriter) =>
  projector([...collectionProjections, ...directoryProjections, ...attachmentProjections], writer);

async function attachmentsOverMongo() {
  const database = client.db(`test-${randomUUID()}`);
  const models = new ReadModels(database, { instance: randomUUID(), pollInterval: 20 });
  await models.start();
  onTestFinished(() => models.stop());
  const reader = new MongoAttachmentReader(models);
  const store = new MongoEventStore(commitsCollection(database), 'attachments');
  const handle = attachmentCommands({
    store,
    states: reader,
    project: projectorFor(new MongoReadModelWriter(models)),
    now: Date.now,
  });
  const execute = (body: AttachmentCommandBody, at = Date.now()) =>
    handle([
      {
        ...{ commandId: commandId(randomUUID()), service: 'attachments', stream, actor: 'ada', at },
        ...{ notAfter: Number.MAX_SAFE_INTEGER, body },
      } satisfies Command,
    ]);
  const gateway: CommandGateway = {
    execute: async (command) => (await handle([command]))[0] ?? Promise.reject(new Error('no result')),
  };
  return { database, models, reader, store, execute, gateway, blobs: new GridFsBlobStore(database) };
}

const attachment = (managedId: string, digest = 'd'.repeat(64)): NewAttachment => ({
  ...{ managedId, digest, size: 3, mediaType: 'text/plain', filename: 'a.txt', origin: 'https://dav.example.org' },
});
const add = (...attachments: NewAttachment[]) =>
  ({ type: 'AddAttachments', attachments, holder, room: 1_000, keptLimit: 1_000 }) as const;
const refer = (version: number, ...managedIds: string[]) =>
  ({ type: 'ChangeReferences', holder, version, managedIds }) as const;

async function* text(content: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(content);
}

describe.skipIf(missing !== '')(`Attachments over MongoDB${missing}`, () => {
  it('every query is answered from an index', async () => {
    const { database, models, reader, execute } = await attachmentsOverMongo();
    const sent: (IndexedQuery & { collection: string })[] = [];
    client.on('commandStarted', ({ commandName, command: said }) => {
      const note = (filter = {}, sort = {}) => sent.push({ collection: String(said[commandName]), filter, sort });
      if (commandName === 'find') note(said['filter'], said['sort']);
      for (const { q } of said['updates'] ?? said['deletes'] ?? []) note(q);
    });
    await execute(add(attachment('x'), attachment('y')));
    await execute({ type: 'HoldAttachments', managedIds: ['x'], holder: { ...holder, name: 'b.ics' } });
    await execute({ type: 'AbandonAttachments', managedIds: ['x'], holder: { ...holder, name: 'b.ics' } });
    await execute(refer(5, 'x'));
    await execute({ type: 'CollectAttachments', managedIds: ['y'], idleBefore: Date.now() });
    await execute({ type: 'CollectAttachments', managedIds: ['y'], idleBefore: Date.now() });
    await Promise.all([
      reader.attachments(tenant, ['x']),
      reader.attachmentHome(stream),
      reader.streamsReferredTo(holder),
      reader.streamsReferredTo({ stream: holder.stream }),
      reader.idleAttachments(Date.now(), 10),
      reader.digestsInUse(tenant, ['d']),
      reader.tenantsWithAttachments(),
    ]);
    await execute({ type: 'ReleaseCollection', collection: holder.stream, version: 9 });
    await rebuildReadModels(database, 'attachments', { projectorFor });
    await verifyReadModels(database, models, { projectorFor });
    const ours = sent.filter(({ collection }) => collection.startsWith('attachment'));
    expect(ours.length).toBeGreaterThan(20);
    const indexesOf = (collection: string) => readModelIndexes[collection.split('_v')[0] as Table] ?? [];
    expect(ours.filter((query) => !isIndexed(query, indexesOf(query.collection)))).toEqual([]);
  });

  it('O1: a rebuild shows the same, and verify names what was tampered with', async () => {
    const { database, models, reader, execute } = await attachmentsOverMongo();
    await execute(add(attachment('x'), attachment('y'), attachment('z')));
    await execute(refer(5, 'x', 'y'));
    await execute(refer(6, 'x'));
    const shown = async () => [
      (await reader.attachments(tenant, ['x', 'y', 'z'])).toSorted((a, b) => (a.managedId < b.managedId ? -1 : 1)),
      await reader.attachmentHome(stream),
    ];
    const before = await shown();
    expect(await rebuildReadModels(database, 'attachments', { projectorFor })).toBe(3);
    expect(await shown()).toEqual(before);
    expect(await verifyReadModels(database, models, { projectorFor })).toEqual({ commits: 3, differences: [] });
    await database.collection('attachments_v2').updateOne({ managedId: 'x' }, { $set: { digest: 'e' } });
    await database.collection('attachments_v2').deleteOne({ managedId: 'z' });
    const { differences } = await verifyReadModels(database, models, { projectorFor });
    expect(differences.map(({ table, fault }) => `${table}: ${fault}`).toSorted()).toEqual([
      expect.stringMatching(/^attachments: digest is "e"/),
      'attachments: is missing',
    ]);
  });

  it('a database of before gets what attachments need', async () => {
    const database = client.db(`test-${randomUUID()}`);
    const first = new ReadModels(database, { instance: randomUUID() });
    await first.start();
    await first.stop();
    await database.collection('schema').updateOne({}, { $set: { version: 2 } });
    await database.collection<{ _id: string }>('read_models').deleteOne({ _id: 'attachments' });
    const models = new ReadModels(database, { instance: randomUUID() });
    await models.start();
    onTestFinished(() => models.stop());
    expect(await new MongoAttachmentReader(models).attachmentHome(stream)).toMatchObject({ version: 0 });
  });

  it('A6: what nobody refers to is collected, attachments and blobs, in one process at a time', async () => {
    const { database, gateway, reader, execute, blobs } = await attachmentsOverMongo();
    const [kept, gone] = [await blobs.write(tenant, text('kept')), await blobs.write(tenant, text('gone'))];
    await execute(add(attachment('x', kept.digest), attachment('y', gone.digest)));
    await execute(refer(5, 'x', 'y'));
    await execute(refer(6, 'x'));
    const ports = { gateway, attachments: reader, blobs, now: Date.now };
    expect(await collectAttachments(ports, 60_000, new AbortController().signal)).toEqual({ attachments: 0, blobs: 0 });
    const leases = (holderOf: string) => (name: string, duration: number) =>
      new Lease(leasesCollection(database), { name, holder: holderOf, duration });
    const replicas = ['one', 'two'].map((name) => new PeriodicCollection(ports, 100, leases(name)));
    for (const replica of replicas) replica.start();
    for (let attempt = 0; attempt < 200 && (await blobs.list(tenant, '', 10)).length > 1; attempt += 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const [lease] = await leasesCollection(database).find({}).toArray();
    expect(['one', 'two']).toContain(lease?.holder);
    for (const replica of replicas) await replica.stop();
    expect((await blobs.list(tenant, '', 10)).map(({ digest }) => digest)).toEqual([kept.digest]);
    expect((await reader.attachments(tenant, ['x', 'y'])).map(({ managedId }) => managedId)).toEqual(['x']);
  });
});
