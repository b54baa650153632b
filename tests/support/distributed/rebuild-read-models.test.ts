import { randomUUID } from 'node:crypto';
import {
  connectMongo,
  type RebuildOptions,
  rebuildReadModels,
  UnderWay,
  verifyReadModels,
} from '@almanac/adapters-distributed';
import {
  type Command,
  type CommandBody,
  directoryStream,
  type StreamName,
  streamName,
  tenantId,
  tenantsStream,
} from '@almanac/contracts';
import { command, commit, facts } from '@almanac/port-contracts';
import { afterAll, afterEach, describe, expect, inject, it } from 'vitest';
import { type CalendarOverMongo, calendarOverMongo, projectAll } from './calendar-over-mongo.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

const started: CalendarOverMongo[] = [];
afterEach(async () => {
  await Promise.all(started.splice(0).map(({ models }) => models.stop()));
});

const newDatabase = () => client.db(`test-${randomUUID()}`);

async function openOn(database: Database, options: Parameters<typeof calendarOverMongo>[1] = {}) {
  const opened = calendarOverMongo(database, options);
  await opened.models.start();
  started.push(opened);
  return opened;
}

type Database = ReturnType<typeof newDatabase>;

const stateOf = (database: Database, group: 'calendars' | 'directory') =>
  database.collection<{ _id: string }>('read_models').findOne({ _id: group });

async function generationsOfMembers(database: Database): Promise<readonly string[]> {
  const found = await database.listCollections({}, { nameOnly: true }).toArray();
  return found.map(({ name }) => name).filter((name) => name.startsWith('members_'));
}

const quick: RebuildOptions = { projectorFor: projectAll, patience: { silence: 400, interval: 20 } };
const folder = (index: number): StreamName => streamName(`example/ada/f${index}`);

const create: CommandBody = {
  type: 'CreateCollection',
  epoch: 'e1',
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: { '{DAV:}displayname': { text: 'Folder' } },
};
const put = (name: string, text = name): CommandBody => ({
  type: 'PutMember',
  name,
  text,
  size: text.length,
  facts: facts(`uid-${name}`),
  condition: {},
});
const to = (stream: StreamName, body: CommandBody): Command => command(randomUUID(), body, stream);
const dead = (name: string, value: string): CommandBody => ({
  type: 'ChangeMemberProperties',
  name,
  set: { '{x:}p': { xml: `<p>${value}</p>` } },
  removed: [],
});

async function seed({ execute }: CalendarOverMongo, folders: number, members = 5): Promise<void> {
  const streams = Array.from({ length: folders }, (_, index) => folder(index));
  await execute(streams.map((stream) => to(stream, create)));
  await execute(
    streams.flatMap((stream) => Array.from({ length: members }, (_, index) => to(stream, put(`m${index}.ics`)))),
  );
}

const seen = async ({ collections, members }: CalendarOverMongo, stream: StreamName) => ({
  collection: await collections.collection(stream),
  listing: await members.list(stream),
  changes: await members.changes(stream, { after: 0, upTo: 1000, limit: 1000 }),
  member: await members.member(stream, 'm1.ics'),
  times: await members.times(stream, { component: 'VEVENT' }),
});

describe.skipIf(missing !== '')(`A rebuild over MongoDB${missing}`, () => {
  it('gives the same records while two processes go on writing, and what they wrote', async () => {
    const database = newDatabase();
    const [one, other] = [await openOn(database), await openOn(database)];
    await seed(one, 12);
    const before = await seen(one, folder(0));
    let isOver = false;
    const write = async (service: CalendarOverMongo, name: string): Promise<number> => {
      let round = 0;
      for (; !isOver; round += 1) {
        const stream = folder(1 + (round % 11));
        await service.execute([
          to(stream, put(`${name}${round}.ics`)),
          to(stream, put('m1.ics', `${name} ${round}`)),
          to(stream, dead('m1.ics', `${name} ${round}`)),
          to(streamName(`example/${name}/new${round}`), create),
          to(streamName(`example/${name}/new${round}`), put('a.ics')),
        ]);
        if (round % 3 === 0)
          await service.execute([to(stream, { type: 'DeleteMember', name: `${name}${round}.ics`, condition: {} })]);
      }
      return round;
    };
    const writers = [write(one, 'one'), write(other, 'other')];
    const commits = await rebuildReadModels(database, 'calendars', quick).finally(() => {
      isOver = true;
    });
    const rounds = await Promise.all(writers);
    expect(Math.min(...rounds)).toBeGreaterThan(0);
    expect(commits).toBeGreaterThanOrEqual(12 * 6);
    expect(await seen(one, folder(0))).toEqual(before);
    expect(await seen(other, folder(1))).toEqual(await seen(one, folder(1)));
    expect(await verifyReadModels(database, one.models, { projectorFor: projectAll })).toMatchObject({
      differences: [],
    });
    expect(await stateOf(database, 'calendars')).toMatchObject({ read: 2, written: [2], last: 2 });
    expect(await generationsOfMembers(database)).toEqual(['members_v2']);
  });

  it('rebuilds tenants and principals by themselves', async () => {
    const database = newDatabase();
    const one = await openOn(database);
    const tenant = tenantId('example');
    const commits = [
      commit(1, {
        stream: tenantsStream,
        events: [
          {
            type: 'TenantAdded',
            schema: 1,
            id: 'example',
            hosts: ['a.example'],
            domains: ['example.org'],
            profile: 'standard',
            limits: {},
          },
        ],
      }),
      ...['ada', 'bob'].map((id, index) =>
        commit(index + 1, {
          stream: directoryStream(tenant),
          events: [
            {
              type: 'PrincipalAdded',
              schema: 1,
              id,
              kind: 'user',
              name: id,
              login: id,
              addresses: [`${id}@example.org`],
            },
          ],
        }),
      ),
      commit(3, {
        stream: directoryStream(tenant),
        events: [{ type: 'PrincipalRemoved', schema: 1, id: 'bob', kind: 'user' }],
      }),
    ];
    await one.store.append(commits);
    await one.project(commits);
    const seenNow = async () => [
      await one.tenants.tenants(),
      await one.principals.principals(tenant),
      await one.directory.directory({ tenant, ids: ['ada', 'bob'], names: [] }),
      await one.directory.tenants(),
    ];
    const before = await seenNow();
    expect(await rebuildReadModels(database, 'directory', quick)).toBe(4);
    expect(await seenNow()).toEqual(before);
    expect(await verifyReadModels(database, one.models, { projectorFor: projectAll })).toEqual({
      commits: 4,
      differences: [],
    });
    expect(await stateOf(database, 'calendars')).toMatchObject({ read: 1 });
  });

  it('is followed at once by a process that was asleep meanwhile', async () => {
    const database = newDatabase();
    const one = await openOn(database);
    await seed(one, 2);
    let clock = 0;
    const sleeper = await openOn(database, { pollInterval: 2 ** 30, now: () => clock });
    const before = await seen(sleeper, folder(0));
    await rebuildReadModels(database, 'calendars', quick);
    await rebuildReadModels(database, 'calendars', quick);
    clock += 60_000;
    expect(await seen(sleeper, folder(0))).toEqual(before);
    const [result] = await sleeper.execute([to(folder(0), put('new.ics'))]);
    expect(result).toMatchObject({ kind: 'accepted' });
    expect(await one.members.member(folder(0), 'new.ics')).not.toBeNull();
    expect(await verifyReadModels(database, one.models, { projectorFor: projectAll })).toMatchObject({
      differences: [],
    });
  });

  it('does not take a dropped generation for an empty one: who slept over it while reading or writing does it anew', async () => {
    const database = newDatabase();
    const one = await openOn(database);
    await seed(one, 1);
    let clock = 0;
    const sleeper = await openOn(database, { pollInterval: 2 ** 30, now: () => clock });
    const sleep = async () => {
      await rebuildReadModels(database, 'calendars', quick);
      clock += 60_000;
    };
    const counts: number[] = [];
    const count = await sleeper.models.read('calendars', async ({ members }) => {
      if (counts.length === 0) await sleep();
      counts.push(await members.countDocuments({ stream: folder(0) }));
      return counts.at(-1);
    });
    expect([count, counts]).toEqual([5, [0, 5]]);
    const written: string[] = [];
    await sleeper.models.write('calendars', async ({ homes }) => {
      if (written.length === 0) await sleep();
      written.push(homes.collectionName);
    });
    expect(written).toEqual(['homes_v2', 'homes_v3']);
  });

  it('waits for work that a living process has under way', async () => {
    const database = newDatabase();
    const one = await openOn(database);
    await seed(one, 1);
    const steps: string[] = [];
    let release = () => {};
    const isReleased = new Promise<void>((resolve) => (release = resolve));
    const reading = one.models.read('calendars', async ({ members }) => {
      await isReleased;
      return members.countDocuments({});
    });
    // A machine that is busy elsewhere is no silence.
    const patience = { silence: 30_000, interval: 20 };
    const options = { ...quick, patience, progress: ({ step }: { step: string }) => steps.push(step) };
    const rebuilding = rebuildReadModels(database, 'calendars', options);
    const beats = new Set<number>();
    while (beats.size < 60)
      beats.add((await database.collection('read_model_instances').findOne({}))?.['beat'] as number);
    expect(steps).toEqual([]);
    release();
    expect(await reading).toBe(5);
    await rebuilding;
    expect(steps).toEqual(['announced', 'filling', 'switched', 'dropped']);
  });

  it.each(['announced', 'filling', 'switched'] as const)(
    'leaves nothing that the next one does not clear up, when it is interrupted: %s',
    async (when) => {
      const database = newDatabase();
      const one = await openOn(database);
      await seed(one, 3);
      const interrupted = rebuildReadModels(database, 'calendars', {
        ...quick,
        progress: ({ step }) => {
          if (step === when) throw new Error('killed');
        },
      });
      await expect(interrupted).rejects.toThrow('killed');
      await one.execute([to(folder(0), put('between.ics')), to(folder(9), create)]);
      expect(await one.members.member(folder(0), 'between.ics')).not.toBeNull();
      await rebuildReadModels(database, 'calendars', quick);
      expect(await stateOf(database, 'calendars')).toMatchObject({ read: 3, written: [3], last: 3 });
      expect(await generationsOfMembers(database)).toEqual(['members_v3']);
      expect(await one.members.list(folder(0))).toHaveLength(6);
      expect(await verifyReadModels(database, one.models, { projectorFor: projectAll })).toMatchObject({
        differences: [],
      });
    },
  );

  it('is given what comes next in a stream while it fills, and nothing that would leave a gap', async () => {
    const database = newDatabase();
    const one = await openOn(database);
    await seed(one, 1);
    const announcedOnly = () => {
      throw new Error('killed');
    };
    await expect(rebuildReadModels(database, 'calendars', { ...quick, progress: announcedOnly })).rejects.toThrow(
      'killed',
    );
    await one.execute([to(folder(0), put('late.ics')), to(folder(1), create)]);
    await one.execute([to(folder(1), put('next.ics'))]);
    const filling = await database.collection('members_v2').find({}).toArray();
    expect(filling.map(({ name }) => name as string)).toEqual(['next.ics']);
    expect(await one.members.list(folder(0))).toHaveLength(6);
  });

  it('is done by one process at a time', async () => {
    const database = newDatabase();
    await seed(await openOn(database), 2);
    const both = await Promise.allSettled([1, 2].map(() => rebuildReadModels(database, 'calendars', quick)));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((result) => result.status === 'rejected')?.reason).toBeInstanceOf(UnderWay);
  });
});
