import {
  type CollectionRecord,
  homeStream,
  overlayStream,
  principalId,
  type StreamName,
  streamName,
  tenantId,
  type TrashRecord,
} from '@almanac/contracts';
import type {
  CollectionReader,
  CollectionStateReader,
  MemberPutChange,
  MemberReader,
  ReadModelChange,
  ReadModelWriter,
  TrashReader,
} from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { facts, stream } from './samples.js';

export interface ReadModels {
  readonly writer: ReadModelWriter;
  readonly collections: CollectionReader;
  readonly members: MemberReader;
  readonly states: CollectionStateReader;
  readonly trash: TrashReader;
}

const home = homeStream(tenantId('example'), principalId('ada'));
const text = new TextEncoder();

const record = (version: number, changes: Partial<CollectionRecord> = {}): CollectionRecord => ({
  stream,
  tenant: 'example',
  home: 'ada',
  segment: 'work',
  owner: 'calendar',
  epoch: 'e1',
  version,
  since: version,
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  rulesOff: [],
  shares: [],
  properties: { '{DAV:}displayname': { text: 'Work' } },
  members: 0,
  size: 0,
  createdAt: 1000,
  modifiedAt: 1000,
  horizon: null,
  ...changes,
});

const made = (version: number, changes: Partial<CollectionRecord> = {}): ReadModelChange => ({
  kind: 'collection-made',
  record: record(version, changes),
});

const put = (version: number, name: string, changes: Partial<MemberPutChange> = {}): ReadModelChange => ({
  kind: 'member-put',
  stream,
  name,
  version,
  epoch: 'e1',
  by: 'ada',
  memory: null,
  data: text.encode(`data ${version}`),
  facts: facts(`uid-${name}`),
  occurrences: null,
  at: 1000 + version,
  ...changes,
});

const advanced = (version: number, members = 0, size = 0): ReadModelChange => ({
  kind: 'collection-advanced',
  stream,
  version,
  at: 1000 + version,
  members,
  size,
});

const gone = (version: number, name: string): ReadModelChange => ({ kind: 'member-gone', stream, version, name });

/** What every set of calendar read models does. @param open gives new, empty ones for each case. */
export function readModelsContract(open: () => Promise<ReadModels>): void {
  describe('calendar read models', () => {
    it('show a collection and its home', async () => {
      const { writer, collections } = await open();
      await writer.apply([
        made(1),
        {
          kind: 'home-put',
          record: { stream: home, tenant: 'example', home: 'ada', version: 1 },
          folders: { defaultCalendar: 'work', defaultTasks: 'todo' },
          set: {},
          removed: [],
        },
      ]);
      expect(await collections.collection(stream)).toEqual(record(1));
      expect(await collections.collectionsOf(home)).toEqual([record(1)]);
      expect(await collections.home(home)).toMatchObject({ version: 1, defaultCalendar: 'work', defaultTasks: 'todo' });
    });

    it('show a member with its octets', async () => {
      const { writer, members } = await open();
      await writer.apply([made(1), put(2, 'a.ics', { properties: { '{x:}p': { xml: '<p/>' } } }), advanced(2, 1, 6)]);
      const member = await members.member(stream, 'a.ics');
      expect(member).toMatchObject({ name: 'a.ics', version: 2, uid: 'uid-a.ics', size: 6, createdAt: 1002 });
      expect(member?.properties).toEqual({ '{x:}p': { xml: '<p/>' } });
      expect(Buffer.from(member?.data ?? []).toString()).toBe('data 2');
      expect(await members.nameByUid(stream, 'uid-a.ics')).toBe('a.ics');
      expect((await members.membersByName(stream, ['b.ics', 'a.ics'])).map(({ name }) => name)).toEqual(['a.ics']);
    });

    it('change nothing when the same change comes again, or after a newer one', async () => {
      const { writer, collections, members } = await open();
      const changes = [put(2, 'a.ics'), advanced(2, 1, 6), put(3, 'a.ics'), advanced(3), gone(4, 'b.ics'), advanced(4)];
      await writer.apply([made(1), ...changes]);
      const before = [await collections.collection(stream), await members.member(stream, 'a.ics')];
      await writer.apply([made(1), ...changes]);
      await writer.apply(changes.slice(0, 2));
      expect([await collections.collection(stream), await members.member(stream, 'a.ics')]).toEqual(before);
      expect(before[0]).toMatchObject({ version: 4, members: 1, size: 6 });
    });

    it('list live members, and changes in version order with tombstones', async () => {
      const { writer, members } = await open();
      await writer.apply([made(1), put(2, 'a.ics'), advanced(2, 1), put(3, 'b.ics'), advanced(3, 1)]);
      await writer.apply([put(4, 'a.ics'), advanced(4), gone(5, 'b.ics'), advanced(5, -1)]);
      expect(await members.list(stream)).toEqual([{ name: 'a.ics', version: 4, live: true }]);
      const changes = { after: 0, upTo: 5, limit: 10 };
      expect(await members.changes(stream, changes)).toEqual([
        { name: 'a.ics', version: 4, live: true },
        { name: 'b.ics', version: 5, live: false },
      ]);
      expect(await members.changes(stream, { ...changes, limit: 1 })).toHaveLength(1);
      expect(await members.changes(stream, { ...changes, after: 4 })).toHaveLength(1);
      expect(await members.changes(stream, { ...changes, upTo: 4 })).toHaveLength(1);
      expect(await members.member(stream, 'b.ics')).toBeNull();
      expect(await members.nameByUid(stream, 'uid-b.ics')).toBeNull();
    });

    it('keep dead properties over a new content, and lose them with the member', async () => {
      const { writer, members } = await open();
      const changed: ReadModelChange = {
        kind: 'member-properties',
        stream,
        name: 'a.ics',
        version: 3,
        set: { '{x:}p': { xml: '<p/>' } },
        removed: [],
      };
      await writer.apply([
        made(1),
        put(2, 'a.ics'),
        advanced(2, 1),
        changed,
        advanced(3),
        put(4, 'a.ics'),
        advanced(4),
      ]);
      expect((await members.member(stream, 'a.ics'))?.properties).toEqual({ '{x:}p': { xml: '<p/>' } });
      await writer.apply([gone(5, 'a.ics'), advanced(5, -1), put(6, 'a.ics'), advanced(6, 1)]);
      expect((await members.member(stream, 'a.ics'))?.properties).toEqual({});
    });

    it('show each member with the epoch of its collection, also after a renewal that comes again late', async () => {
      const { writer, members } = await open();
      const renewed = (version: number, epoch: string): readonly ReadModelChange[] => [
        { kind: 'members-renewed', stream, version, epoch },
        { kind: 'collection-advanced', stream, version, at: 1, members: 0, size: 0, epoch },
      ];
      const epochs = async () => (await members.membersByName(stream, ['a.ics', 'b.ics'])).map(({ epoch }) => epoch);
      await writer.apply([made(1), put(2, 'a.ics'), advanced(2, 1)]);
      expect(await epochs()).toEqual(['e1']);
      await writer.apply([...renewed(3, 'e2'), put(4, 'b.ics', { epoch: 'e2' }), advanced(4, 1)]);
      expect(await epochs()).toEqual(['e2', 'e2']);
      await writer.apply([...renewed(5, 'e3'), ...renewed(3, 'e2')]);
      expect(await epochs()).toEqual(['e3', 'e3']);
    });

    it('keep who put a member first, and what the rules wanted to know (V4, R4)', async () => {
      const { writer, members, states } = await open();
      const by = (version: number, id: string, lastAck: number): ReadModelChange =>
        put(version, 'a.ics', { by: id, memory: { lastAck } });
      await writer.apply([made(1), by(2, 'zoe', 5), advanced(2, 1), by(3, 'ada', 6), advanced(3)]);
      expect((await members.member(stream, 'a.ics'))?.createdBy).toBe('zoe');
      const [state] = await states.collections([{ stream, names: ['a.ics'], uids: [] }]);
      expect(state?.members).toMatchObject([{ createdBy: 'zoe', memory: { lastAck: 6 } }]);
      await writer.apply([gone(4, 'a.ics'), advanced(4, -1), put(5, 'a.ics', { by: 'ada' }), advanced(5, 1)]);
      expect((await members.member(stream, 'a.ics'))?.createdBy).toBe('ada');
      const told = (version: number, name: string): ReadModelChange =>
        put(version, name, { by: 'ada', createdBy: 'zoe' });
      await writer.apply([told(6, 'a.ics'), told(7, 'b.ics'), gone(8, 'c.ics'), told(9, 'c.ics'), advanced(9, 2)]);
      for (const name of ['a.ics', 'b.ics', 'c.ics']) {
        expect((await members.member(stream, name))?.createdBy).toBe('zoe');
      }
    });

    it('find what is shared with a principal, at the right that counts now (S1)', async () => {
      const { writer, collections, states } = await open();
      const share = (version: number, changes: object): ReadModelChange => ({
        ...({ kind: 'collection-advanced', stream, version, at: 1, members: 0, size: 0 } as const),
        ...changes,
      });
      const zoe = { kind: 'user', id: 'zoe', right: 'read' } as const;
      const team = { kind: 'group', id: 'team', right: 'add' } as const;
      const found = async (...ids: string[]) =>
        (await collections.sharedWith(tenantId('example'), ids)).map((each) => each.stream);
      await writer.apply([made(1), share(2, { shared: zoe }), share(3, { shared: team })]);
      await writer.apply([share(4, { shared: { ...zoe, right: 'delete' } })]);
      expect((await collections.collection(stream))?.shares).toEqual([team, { ...zoe, right: 'delete' }]);
      expect((await states.collections([{ stream, names: [], uids: [] }]))[0]?.collection?.shares).toHaveLength(2);
      expect([await found('zoe'), await found('ada', 'team', 'zoe'), await found('ada')]).toEqual([
        [stream],
        [stream],
        [],
      ]);
      expect(await collections.sharedWith(tenantId('rival'), ['zoe'])).toEqual([]);
      await writer.apply([share(2, { shared: zoe }), share(5, { unshared: 'zoe' })]);
      expect([await found('zoe'), await found('team')]).toEqual([[], [stream]]);
      await writer.apply([{ kind: 'collection-dropped', stream, version: 6 }]);
      expect(await found('team')).toEqual([]);
      await writer.apply([made(7)]);
      expect((await collections.collection(stream))?.shares).toEqual([]);
    });

    it('keep what was deleted until it is purged, whatever comes again (N3)', async () => {
      const { writer, trash, states } = await open();
      const life = { owner: 'calendar', components: ['VEVENT'], properties: {}, members: 1, since: 1 } as const;
      const entry = (version: number, deletedAt: number): TrashRecord => ({
        ...{ ...life, stream, version, segment: 'work', id: `work@${version}`, deletedAt, deletedBy: 'ada' },
      });
      const put = (version: number, deletedAt: number): ReadModelChange => {
        return { kind: 'trash-put', stream, version, record: entry(version, deletedAt) };
      };
      const purged: ReadModelChange = { kind: 'trash-purged', stream, version: 9, deleted: 3 };
      await writer.apply([put(3, 10), put(6, 20)]);
      expect(await trash.trashOf(home)).toEqual([entry(6, 20), entry(3, 10)]);
      await writer.apply([purged, put(3, 10)]);
      expect(await trash.trashOf(home)).toEqual([entry(6, 20)]);
      expect(await trash.trashOf(streamName('example/zoe'))).toEqual([]);
      await writer.apply([made(10)]);
      const lookup = { stream, names: [], uids: [], withProperties: true };
      expect((await states.collections([lookup]))[0]?.collection).toMatchObject({
        since: 10,
        properties: { '{DAV:}displayname': { text: 'Work' } },
      });
    });

    it('keep the profile that a collection has now', async () => {
      const { writer, collections, states } = await open();
      const settings = { profile: 'groupware', rulesOff: ['R2'] } as const;
      const changed = {
        kind: 'collection-advanced',
        stream,
        version: 2,
        at: 1,
        members: 0,
        size: 0,
        settings,
      } as const;
      await writer.apply([made(1), changed]);
      expect(await collections.collection(stream)).toMatchObject(settings);
      expect((await states.collections([{ stream, names: [], uids: [] }]))[0]?.collection).toMatchObject(settings);
    });

    it("keep what a viewer has made of somebody else's collection (S3, R6)", async () => {
      const { writer, collections, states } = await open();
      const overlay = overlayStream(tenantId('example'), principalId('zoe'), stream);
      const change = (version: number, changes: object): ReadModelChange => ({
        ...({ kind: 'overlay-put', stream: overlay, version, set: {}, removed: [] } as const),
        ...changes,
      });
      const alarms = (text: string | null) => ({ alarms: { name: 'a.b.ics', uid: 'u', alarms: text } });
      const changes = [
        change(1, { set: { '{x:}p': { text: '1' }, '{x:}q': { text: '2' } } }),
        change(2, alarms('[1]')),
        change(3, { removed: ['{x:}q'] }),
        change(4, alarms(null)),
      ];
      await writer.apply(changes);
      await writer.apply(changes.slice(0, 2));
      const record = {
        stream: overlay,
        version: 4,
        properties: { '{x:}p': { text: '1' } },
        alarms: { 'a.b.ics': { version: 4, uid: 'u', alarms: null } },
      };
      expect(await collections.overlay(overlay)).toEqual(record);
      expect(await collections.overlaysOf(streamName('example/zoe'))).toEqual([record]);
      expect(await collections.overlaysOf(streamName('example/ada'))).toEqual([]);
      expect(await states.overlays([overlay, streamName('example/zoe/overlay/ada/none')])).toEqual([
        { stream: overlay, version: 4, alarms: [['a.b.ics', { version: 4, octets: 0 }]] },
        { stream: 'example/zoe/overlay/ada/none', version: 0, alarms: [] },
      ]);
    });

    it('find members by time, whatever they last', async () => {
      const { writer, members } = await open();
      const day = 86_400;
      const base = 1_800_000_000;
      const spans: readonly (readonly [string, number | null, number | null])[] = [
        ['hour', base, base + 3600],
        ['week', base - 5 * day, base + 2 * day],
        ['year', base - 300 * day, base + 60 * day],
        ['past', base - 20 * day, base - 19 * day],
        ['endless', base - 900 * day, null],
        ['later', base + 10 * day, base + 11 * day],
      ];
      const puts = spans.flatMap(([name, start, end], index) => [
        put(index + 2, name, { facts: { ...facts(name), start, end } }),
        advanced(index + 2, 1),
      ]);
      await writer.apply([made(1), ...puts]);
      const found = await members.times(stream, { component: 'VEVENT', start: base, end: base + day });
      expect(found.map(({ name }) => name).sort()).toEqual(['endless', 'hour', 'week', 'year']);
      expect(await members.times(stream, { component: 'VTODO', start: base, end: base + day })).toEqual([]);
      expect(await members.times(stream, { component: 'VEVENT' })).toHaveLength(6);
      expect(
        (await members.times(stream, { component: 'VEVENT', start: base + 9 * day })).map(({ name }) => name).sort(),
      ).toEqual(['endless', 'later', 'year']);
    });

    it('give back the occurrences that were computed', async () => {
      const { writer, members } = await open();
      const occurrences = { from: 0, to: 4_000_000_000, spans: [10.5, 20, 30, 40] };
      await writer.apply([made(1), put(2, 'a.ics', { occurrences }), advanced(2, 1)]);
      const [found] = await members.times(stream, { component: 'VEVENT' });
      expect(found?.facts).toEqual(facts('uid-a.ics'));
      expect(found?.occurrences).toMatchObject({ from: 0, to: 4_000_000_000 });
      expect(Array.from(found?.occurrences?.spans ?? [])).toEqual([10.5, 20, 30, 40]);
    });

    it('forget a deleted collection, and begin anew when it is made again', async () => {
      const { writer, collections, members, states } = await open();
      const dropped: readonly ReadModelChange[] = [
        { kind: 'members-dropped', stream, version: 3 },
        { kind: 'collection-dropped', stream, version: 3 },
      ];
      await writer.apply([made(1), put(2, 'a.ics'), advanced(2, 1), ...dropped]);
      expect(await collections.collection(stream)).toBeNull();
      expect(await members.list(stream)).toEqual([]);
      const lookup = { stream, names: ['a.ics'], uids: [] };
      expect(await states.collections([lookup])).toEqual([
        { stream, version: 3, collection: null, members: [], usage: { collections: 0, octets: 0 } },
      ]);
      await writer.apply([{ kind: 'members-dropped', stream, version: 4 }, made(4, { epoch: 'e2' })]);
      await writer.apply([made(1), put(2, 'a.ics'), advanced(2, 1), ...dropped]);
      expect(await collections.collection(stream)).toEqual(record(4, { epoch: 'e2' }));
      expect(await members.changes(stream, { after: 0, upTo: 9, limit: 9 })).toEqual([]);
    });

    it('bring back no member of a deleted collection when its put comes again alone, late', async () => {
      const { writer, members } = await open();
      const dropped: readonly ReadModelChange[] = [
        { kind: 'members-dropped', stream, version: 4 },
        { kind: 'collection-dropped', stream, version: 4 },
      ];
      const late = [put(2, 'a.ics'), advanced(2, 1), put(3, 'b.ics'), advanced(3, 1)];
      const found = () => members.membersByName(stream, ['a.ics', 'b.ics', 'c.ics']);
      await writer.apply([made(1), ...late, ...dropped]);
      await writer.apply(late);
      expect(await found()).toEqual([]);
      await writer.apply([{ kind: 'members-dropped', stream, version: 5 }, made(5, { epoch: 'e2' })]);
      await writer.apply([put(6, 'c.ics', { epoch: 'e2' }), advanced(6, 1)]);
      await writer.apply(late.slice(2));
      await writer.apply(late);
      expect((await found()).map(({ name, version }) => [name, version])).toEqual([['c.ics', 6]]);
      expect(await members.changes(stream, { after: 0, upTo: 9, limit: 9 })).toHaveLength(1);
    });

    it('give what decisions need: the members named, and those that hold a UID', async () => {
      const { writer, states } = await open();
      await writer.apply([
        made(1),
        put(2, 'a.ics'),
        advanced(2, 1),
        put(3, 'b.ics'),
        advanced(3, 1),
        put(4, 'c.ics'),
        advanced(4, 1),
      ]);
      const [state] = await states.collections([{ stream, names: ['a.ics', 'x.ics'], uids: ['uid-b.ics', 'none'] }]);
      expect(state).toMatchObject({
        stream,
        version: 4,
        collection: { epoch: 'e1', owner: 'calendar', components: ['VEVENT'], count: 3 },
      });
      expect(state?.members).toEqual([
        { name: 'a.ics', uid: 'uid-a.ics', version: 2, size: 6, createdBy: 'ada', memory: null },
        { name: 'b.ics', uid: 'uid-b.ics', version: 3, size: 6, createdBy: 'ada', memory: null },
      ]);
      expect(await states.homes([home])).toEqual([{ stream: home, version: 0, exists: false }]);
    });

    it('tell what all collections of a home hold, also for one that is not there yet', async () => {
      const { writer, states } = await open();
      const second = streamName(`${home}/second`);
      const elsewhere = streamName('example/zoe/work');
      const make = (of: StreamName): ReadModelChange => {
        const [, owner = '', segment = ''] = of.split('/');
        return made(1, { stream: of, home: owner, segment });
      };
      const more = (of: StreamName): ReadModelChange => {
        return { kind: 'collection-advanced', stream: of, version: 2, at: 1, members: 1, size: 10 };
      };
      const streams = [stream, second, elsewhere];
      await writer.apply([...streams.map(make), ...streams.map(more)]);
      const third = { stream: streamName(`${home}/third`), names: [], uids: [] };
      const [known, unknown] = await states.collections([{ stream, names: [], uids: [] }, third]);
      expect(known).toMatchObject({ collection: { count: 1, octets: 10 }, usage: { collections: 2, octets: 20 } });
      expect(unknown).toMatchObject({ version: 0, collection: null, usage: { collections: 2, octets: 20 } });
    });
  });
}
