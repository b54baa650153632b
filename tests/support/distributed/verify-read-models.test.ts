import { randomUUID } from 'node:crypto';
import {
  type CollectionDocument,
  connectMongo,
  type DirectoryDocument,
  type MemberDocument,
  verifyReadModels,
} from '@almanac/adapters-distributed';
import { commit, created, facts, otherStream, stream } from '@almanac/port-contracts';
import { type Commit, streamName } from '@almanac/contracts';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { type CalendarOverMongo, calendarOverMongo, projectAll } from './calendar-over-mongo.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

const started: CalendarOverMongo[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ models }) => models.stop()));
});

const put = (version: number, name: string, of = stream): Commit =>
  commit(version, {
    stream: of,
    events: [
      { type: 'MemberPut', schema: 1, name, stored: name, facts: facts(name), size: name.length, replacedSize: null },
    ],
  });

const firstGeneration = (database: ReturnType<typeof client.db>) => ({
  collections: database.collection<CollectionDocument>('collections_v1'),
  members: database.collection<MemberDocument>('members_v1'),
  directories: database.collection<DirectoryDocument>('directories_v1'),
});

/** A collection with members a.ics and b.ics in the first generation, and one that holds nothing. */
async function opened() {
  const database = client.db(`test-${randomUUID()}`);
  const calendar = calendarOverMongo(database);
  await calendar.models.start();
  started.push(calendar);
  const commits = [
    commit(1, { events: [created()] }),
    put(2, 'a.ics'),
    put(3, 'b.ics'),
    commit(1, { stream: otherStream, events: [created()] }),
  ];
  await calendar.store.append(commits);
  await calendar.project(commits);
  const verify = () => verifyReadModels(database, calendar.models, { projectorFor: projectAll });
  return { ...calendar, database, verify, live: firstGeneration(database) };
}

describe.skipIf(missing !== '')(`A verification over MongoDB${missing}`, () => {
  it('finds nothing where all is well, and leaves nothing', async () => {
    const { verify, database } = await opened();
    expect(await verify()).toEqual({ commits: 4, differences: [] });
    const names = (await database.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name);
    expect(names.filter((name) => name.includes('verify'))).toEqual([]);
  });

  it('names what was tampered with, what is missing and what is superfluous', async () => {
    const { verify, live } = await opened();
    const row = (name: string) => `${stream}/${name}`;
    const member = await live.members.findOne({ _id: row('a.ics') });
    await live.members.insertOne({ ...(member as NonNullable<typeof member>), _id: row('c.ics'), name: 'c.ics' });
    await live.members.updateOne({ _id: row('a.ics') }, { $set: { createdAt: 1 } });
    await live.members.deleteOne({ _id: row('b.ics') });
    await live.collections.updateOne({ _id: stream }, { $set: { members: 7 } });
    const { differences } = await verify();
    expect(differences).toEqual([
      { table: 'collections', row: stream, fault: 'members is 7, not 2' },
      { table: 'members', row: row('a.ics'), fault: 'createdAt is 1, not 1700000000002' },
      { table: 'members', row: row('c.ics'), fault: 'is there, but the log does not say so' },
      { table: 'members', row: row('b.ics'), fault: 'is missing' },
    ]);
  });

  it('names what belongs to no stream of the log', async () => {
    const { verify, live } = await opened();
    const stray = streamName('example/ada/stray');
    const member = await live.members.findOne({ _id: `${stream}/a.ics` });
    await live.members.insertOne({ ...(member as NonNullable<typeof member>), _id: `${stray}/a.ics`, stream: stray });
    await live.directories.insertOne({ _id: 'nobody', version: 3 });
    const fault = 'is there, but the log does not say so';
    expect((await verify()).differences).toEqual([
      { table: 'members', row: `${stray}/a.ics`, fault },
      { table: 'directories', row: 'nobody', fault },
    ]);
  });

  it('names a stream that stays behind the log', async () => {
    const { verify, store } = await opened();
    await store.append([put(2, 'late.ics', otherStream)]);
    const { differences } = await verify();
    expect(differences).toContainEqual({ table: 'collections', row: otherStream, fault: 'version is 1, not 2' });
    expect(differences).toContainEqual({ table: 'members', row: `${otherStream}/late.ics`, fault: 'is missing' });
  });

  it('is not misled by what is written meanwhile', async () => {
    const { verify, store, project } = await opened();
    let isOver = false;
    const writing = (async () => {
      for (let version = 4; !isOver; version += 1) {
        const next = [put(version, `m${version}.ics`)];
        await store.append(next);
        await project(next);
      }
    })();
    for (let round = 0; round < 3; round += 1) expect(await verify()).toMatchObject({ differences: [] });
    isOver = true;
    await writing;
  });
});
