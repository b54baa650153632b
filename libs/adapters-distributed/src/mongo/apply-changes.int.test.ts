import { randomUUID } from 'node:crypto';
import { facts, stream } from '@almanac/port-contracts';
import type { ReadModelChange } from '@almanac/ports';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { connectMongo } from './connect-mongo.js';
import { createGeneration, modelsOf } from './generation.js';
import { generationWriter } from './mongo-read-model-writer.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none' });
afterAll(() => client.close());

const advanced = (version: number, changes: object = {}): ReadModelChange => ({
  ...{ kind: 'collection-advanced', stream, version, at: version, members: 0, size: 0 },
  ...changes,
});
const dead = (version: number, set: Record<string, { xml: string }>): readonly ReadModelChange[] => [
  { kind: 'member-properties', stream, name: 'a', version, set, removed: [] },
  advanced(version),
];
const put = (version: number): readonly ReadModelChange[] => [
  {
    ...({ kind: 'member-put', stream, name: 'a', version, at: version, epoch: 'e', occurrences: null } as const),
    ...({ by: 'ada', memory: null } as const),
    ...{ facts: facts('a'), data: new Uint8Array([version]) },
  },
  advanced(version, { members: version === 2 ? 1 : 0, size: version === 2 ? 1 : 0 }),
];
const home = (version: number): readonly ReadModelChange[] => [
  {
    kind: 'home-put',
    record: { stream: 'example/ada', version, tenant: 'example', home: 'ada' },
    ...(version === 1 ? { folders: { defaultCalendar: 'c', defaultTasks: 't' } } : {}),
    set: { [`{x:}p${version}`]: { text: String(version) } },
    removed: [],
  },
];
const principal = (version: number): readonly ReadModelChange[] => [
  {
    ...({ kind: 'principal-put', tenant: 'example', id: 'ada', version } as const),
    changes: version === 1 ? { kind: 'user', name: 'Ada', addresses: [], appPasswords: [] } : {},
    appPasswordAdded: { key: `k${version}`, label: 'l', hash: 'h', createdAt: 1 },
  },
];

const made: ReadModelChange = {
  kind: 'collection-made',
  record: {
    ...{ stream, tenant: 'example', home: 'ada', segment: 'work', owner: 'calendar', epoch: 'e', version: 1, since: 1 },
    ...{
      components: ['VEVENT'],
      role: null,
      profile: 'standard',
      rulesOff: [],
      shares: [],
      properties: {},
      members: 0,
      size: 0,
    },
    ...{ createdAt: 1, modifiedAt: 1, horizon: null },
  },
};

async function newModels() {
  const database = client.db(`test-${randomUUID()}`);
  for (const group of ['calendars', 'directory'] as const) await createGeneration(database, group, 1);
  return { calendars: modelsOf(database, 'calendars', 1), directory: modelsOf(database, 'directory', 1) };
}

describe.skipIf(missing !== '')(`Changes applied to MongoDB${missing}`, () => {
  it('change a collection’s properties', async () => {
    const { calendars } = await newModels();
    const properties = { set: { '{x:}p': { xml: '<p/>' } }, removed: [] };
    await generationWriter('calendars', calendars).apply([made, advanced(2, properties), advanced(3)]);
    expect(await calendars.collections.findOne({ _id: stream })).toMatchObject({
      version: 3,
      properties: '{"{x:}p":{"xml":"<p/>"}}',
    });
  });

  it('give the same when several apply them at the same time, each at its own pace', async () => {
    const { calendars, directory } = await newModels();
    const log: (readonly ReadModelChange[])[] = [[made], put(2)];
    for (let version = 3; version < 30; version += 3) {
      log.push(
        dead(version, { [`{x:}p${version}`]: { xml: '<p/>' } }),
        dead(version + 1, { '{x:}q': { xml: `${version}` } }),
      );
      log.push(put(version + 2));
    }
    const versions = Array.from({ length: 12 }, (_, index) => index + 1);
    const apply = async (size: number) => {
      const writer = generationWriter('calendars', calendars);
      for (let first = 0; first < log.length; first += size) await writer.apply(log.slice(first, first + size).flat());
      for (const version of versions) await writer.apply(home(version));
      for (const version of versions) await generationWriter('directory', directory).apply(principal(version));
    };
    await Promise.all([1, 1, 2, 3, 5].map(apply));
    const member = await calendars.members.findOne({ _id: `${stream}/a` });
    const expected = Array.from({ length: 9 }, (_, index) => `{x:}p${3 + 3 * index}`).sort();
    expect(Object.keys(JSON.parse(member?.properties ?? ''))).toEqual([...expected, '{x:}q']);
    expect(JSON.parse(member?.properties ?? '')['{x:}q']).toEqual({ xml: '27' });
    expect(member).toMatchObject({ version: 29, propertiesVersion: 28, createdAt: 2 });
    expect(await calendars.collections.findOne({ _id: stream })).toMatchObject({ version: 29, members: 1, size: 1 });
    const shown = await calendars.homes.findOne({ _id: 'example/ada' });
    expect(Object.keys(JSON.parse(shown?.properties ?? ''))).toHaveLength(12);
    const ada = await directory.principals.findOne({ _id: 'example/ada' });
    expect(ada?.record?.appPasswords.map(({ key }) => key)).toEqual(versions.map((version) => `k${version}`));
  });
});
