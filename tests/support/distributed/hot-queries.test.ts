import { randomUUID } from 'node:crypto';
import {
  commitIndexes,
  connectMongo,
  type IndexedQuery,
  isIndexed,
  readModelIndexes,
  rebuildReadModels,
  type Table,
  verifyReadModels,
} from '@almanac/adapters-distributed';
import { commandId, overlayStream, principalId, streamName, tenantId } from '@almanac/contracts';
import { command, commit, created, facts, stream } from '@almanac/port-contracts';
import { afterAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { calendarOverMongo, projectAll } from './calendar-over-mongo.js';

const { mongo, missing } = inject('servers');
const client = connectMongo({ url: mongo || 'mongodb://none', ...{ monitorCommands: true } });
afterAll(() => client.close());

interface Sent extends IndexedQuery {
  readonly collection: string;
}

/** What is asked of collections, as it goes over the wire. */
function recorded(): Sent[] {
  const sent: Sent[] = [];
  client.on('commandStarted', ({ commandName, command: said }) => {
    const add = (filter = {}, sort = {}) => sent.push({ collection: String(said[commandName]), filter, sort });
    if (commandName === 'find') add(said['filter'], said['sort']);
    if (commandName === 'count' || commandName === 'distinct') add(said['query']);
    if (commandName === 'aggregate') add(said['pipeline'][0]?.$match, said['pipeline'][1]?.$sort);
    for (const { q } of said['updates'] ?? said['deletes'] ?? []) add(q);
  });
  return sent;
}

/** Small ones that are wanted whole: the states of two groups, the processes, a service's tenants and who has principals. */
const wanted = (collection: string): boolean => /^(read_models|read_model_instances|tenants_v.*)$/.test(collection);
const isInUse = ({ collection, filter }: Sent): boolean =>
  collection.startsWith('principals_v') && JSON.stringify(filter) === '{"live":true}';

function indexesOf(collection: string) {
  if (collection === 'commits') return commitIndexes;
  const table = collection.split('_v')[0] as Table;
  return readModelIndexes[table] ?? [];
}

const walks = (sent: readonly Sent[]): readonly Sent[] =>
  sent.filter(
    (query) => !wanted(query.collection) && !isInUse(query) && !isIndexed(query, indexesOf(query.collection)),
  );

describe.skipIf(missing !== '')(`Queries to MongoDB${missing}`, () => {
  it('are answered from an index: those of readers, of decisions, of writers, of the log', async () => {
    const database = client.db(`test-${randomUUID()}`);
    const { models, project, collections, members, tenants, principals, states, directory, trash, store, execute } =
      calendarOverMongo(database);
    await models.start();
    onTestFinished(() => models.stop());
    const sent = recorded();
    const tenant = tenantId('example');
    const body = { type: 'PutMember', name: 'a', text: 'a', size: 1, facts: facts('a'), condition: {} } as const;
    const properties = { set: { '{x:}p': { text: 'p' } }, removed: [] };
    const create = { ...created(), type: 'CreateCollection' as const, owner: 'calendar' as const };
    await execute([
      command('1', create as never),
      command('2', body),
      command('2b', body, streamName('example/bob/x')),
    ]);
    await execute([command('3', { type: 'ChangeMemberProperties', name: 'a', ...properties })]);
    await execute([command('4', { type: 'ChangeCollectionProperties', ...properties })]);
    const home = streamName('example/ada');
    await execute([command('5', { type: 'CreateHome', defaultCalendar: 'c', defaultTasks: 't' }, home)]);
    const overlay = overlayStream(tenant, principalId('bob'), stream);
    await execute([command('8', { type: 'GrantShare', id: 'bob', kind: 'user', right: 'read' })]);
    await execute([command('9', { type: 'ChangeOverlayProperties', ...properties }, overlay)]);
    await execute([command('6', { type: 'DeleteMember', name: 'a', condition: {} })]);
    await execute([command('7', { type: 'DeleteCollection' })]);
    const principal = { kind: 'user' as const, name: 'n', login: 'l', addresses: [] };
    await project([
      commit(1, {
        stream: streamName('@tenants'),
        events: [
          { type: 'TenantAdded', schema: 1, id: tenant, hosts: [], domains: [], profile: 'standard', limits: {} },
        ],
      }),
      commit(1, {
        stream: streamName(tenant),
        events: [{ type: 'PrincipalAdded', schema: 1, id: 'ada', ...principal }],
      }),
      commit(2, {
        stream: streamName(tenant),
        events: [{ type: 'PrincipalRemoved', schema: 1, id: 'ada', kind: 'user' }],
      }),
    ]);
    await Promise.all([
      collections.collection(stream),
      collections.collectionsOf(home),
      collections.home(home),
      collections.sharedWith(tenant, ['bob', 'crew']),
      collections.overlay(overlay),
      collections.overlaysOf(streamName('example/bob')),
      trash.trashOf(home),
      members.member(stream, 'a'),
      members.membersByName(stream, ['a', 'b']),
      members.nameByUid(stream, 'a'),
      members.list(stream),
      members.changes(stream, { after: 0, upTo: 9, limit: 9 }),
      members.times(stream, { component: 'VEVENT', start: 0, end: 9 }),
      tenants.tenant(tenant),
      tenants.tenantByHost('h'),
      tenants.tenantByDomain('d'),
      tenants.tenants(),
      principals.principal(tenant, 'ada'),
      principals.principalByLogin(tenant, 'l'),
      principals.principalByAddress(tenant, 'a@example.org'),
      principals.principals(tenant),
      principals.groupsOf(tenant, 'ada'),
      states.collections([{ stream, names: ['a'], uids: ['a'] }]),
      states.homes([home]),
      states.overlays([overlay]),
      directory.directory({ tenant, ids: ['ada'], names: ['l'] }),
      directory.tenants(),
      store.read(stream, 0, 10),
      store.heads([stream]),
      store.findByCommands([{ stream, commandId: commandId('1') }]),
    ]);
    expect(sent.length).toBeGreaterThan(40);
    expect(walks(sent)).toEqual([]);
    sent.length = 0;
    await rebuildReadModels(database, 'calendars', { projectorFor: projectAll });
    await verifyReadModels(database, models, { projectorFor: projectAll });
    expect(walks(sent)).toEqual([]);
  });

  it('are answered from an index: what the relay looks for', () => {
    const left = { service: 'calendar', published: false, at: { $lt: 1 } };
    expect(isIndexed({ filter: left, sort: { _id: 1 } }, commitIndexes)).toBe(true);
    const published = { stream: 's', version: { $in: [1] } };
    expect(isIndexed({ filter: published, sort: {} }, commitIndexes)).toBe(true);
  });
});
