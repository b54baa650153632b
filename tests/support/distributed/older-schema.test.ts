import { randomUUID } from 'node:crypto';
import { commitsCollection, connectMongo, rebuildReadModels, verifyReadModels } from '@almanac/adapters-distributed';
import { type Commit, streamName } from '@almanac/contracts';
import { commit, created, stream } from '@almanac/port-contracts';
import { afterAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { calendarOverMongo, projectAll } from './calendar-over-mongo.js';

/** As if collections had once been made with a `title`; the real table of upcasters may be empty. */
vi.mock('@almanac/contracts', async (original) => {
  const contracts = await original<object>();
  const newer = ({ title, ...event }: Record<string, unknown>) => ({
    ...event,
    schema: 1,
    properties: { '{DAV:}displayname': { text: title } },
  });
  const upcast = (stored: Commit) => ({
    ...stored,
    events: stored.events.map((event) => ((event.schema as number) === 0 ? newer({ ...event }) : event)),
  });
  return { ...contracts, upcast };
});

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

describe.skipIf(missing !== '')(`A log of an older schema in MongoDB${missing}`, () => {
  it('is read, rebuilt from and verified in the newest schema', async () => {
    const database = client.db(`test-${randomUUID()}`);
    const calendar = calendarOverMongo(database);
    await calendar.models.start();
    onTestFinished(() => calendar.models.stop());
    const { properties: _, ...event } = created() as ReturnType<typeof created> & { properties: object };
    const old = commit(1, { events: [{ ...event, schema: 0, title: 'Old' } as never] });
    await commitsCollection(database).insertOne({ ...old, service: 'calendar', published: true });
    const read = [await calendar.store.read(stream, 0, 1), await calendar.store.findByCommands([old])];
    for (const [found] of read) expect(found?.events).toEqual([{ ...created(), properties: displayName }]);
    await rebuildReadModels(database, 'calendars', { projectorFor: projectAll });
    expect(await calendar.collections.collection(streamName(stream))).toMatchObject({ properties: displayName });
    expect(await verifyReadModels(database, calendar.models, { projectorFor: projectAll })).toEqual({
      commits: 1,
      differences: [],
    });
  });
});

const displayName = { '{DAV:}displayname': { text: 'Old' } };
