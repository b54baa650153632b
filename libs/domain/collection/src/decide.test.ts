import {
  type CollectionCommandBody,
  type CollectionEvent,
  type Command,
  commandId,
  type CreateCollection,
  type Decision,
  type MemberPut,
  type PutMember,
  streamName,
} from '@almanac/contracts';
import { describe, expect, it } from 'vitest';
import { type CollectionState, noCollection } from './collection-state.js';
import { decideWith } from './decide.js';
import { evolve } from './evolve.js';
import type { ShapeObject } from './shape-object.js';

const asItIs: ShapeObject = (_settings, sent, memory) => ({ ...sent, changes: [], memory });

const commandOf = (body: CollectionCommandBody): Command<CollectionCommandBody> => ({
  commandId: commandId('c'),
  service: 'calendar',
  stream: streamName('t/ada/work'),
  actor: 'ada',
  at: 1,
  notAfter: 2,
  body,
});

const decide = (state: CollectionState, body: CollectionCommandBody, shape = asItIs): Decision<CollectionEvent> =>
  decideWith(shape)(state, commandOf(body));

/** The state after commands that are all accepted, each its own commit. */
function given(...bodies: readonly CollectionCommandBody[]): CollectionState {
  return bodies.reduce((state, body, index) => {
    const decision = decide(state, body);
    if (decision.kind === 'reject') throw new Error(decision.rejection.detail);
    return decision.events.reduce(
      (before, event) => evolve(before, event, { version: index + 1, actor: 'ada' }),
      state,
    );
  }, noCollection);
}

const rejection = (decision: Decision<CollectionEvent>) => (decision.kind === 'reject' ? decision.rejection : null);
const events = (decision: Decision<CollectionEvent>) => (decision.kind === 'accept' ? decision.events : null);

const create: CreateCollection = {
  type: 'CreateCollection',
  epoch: 'e1',
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: {},
};

const put = (name: string, changes: Partial<PutMember> = {}, uid = name): PutMember => ({
  type: 'PutMember',
  name,
  text: `text of ${name}`,
  size: 10,
  facts: { uid, component: 'VEVENT', recurring: false, start: 1, end: 2, clock: 'utc', busy: 'BUSY', alarms: false },
  condition: {},
  ...changes,
});

const remove = (name: string, condition = {}) => ({ type: 'DeleteMember', name, condition }) as const;

describe('PutMember', () => {
  it('accepts a new member', () => {
    const decision = decide(given(create), put('a'));
    expect(decision).toMatchObject({ kind: 'accept', outcome: { epoch: 'e1', created: true, altered: false } });
    expect(events(decision)).toMatchObject([{ type: 'MemberPut', name: 'a', stored: 'text of a', replacedSize: null }]);
  });

  it('accepts another content of a member that is there', () => {
    const decision = decide(given(create, put('a')), put('a', { size: 20 }));
    expect(decision).toMatchObject({ outcome: { created: false } });
    expect(events(decision)).toMatchObject([{ replacedSize: 10, size: 20 }]);
  });

  it('rejects without a collection', () => {
    expect(rejection(decide(noCollection, put('a')))?.code).toBe('collection-missing');
  });

  it('rejects a component that the collection does not take, and names those that it does', () => {
    const facts = { ...put('a').facts, component: 'VTODO' as const };
    const refused = rejection(decide(given(create), put('a', { facts })));
    expect(refused).toEqual({
      code: 'supported-calendar-component',
      detail: 'This collection takes VEVENT, not VTODO.',
    });
  });

  it('rejects a UID that another member has, and names that member (RFC 4791 5.3.2.1)', () => {
    const refused = rejection(decide(given(create, put('a', {}, 'uid')), put('b', {}, 'uid')));
    expect(refused).toMatchObject({ code: 'no-uid-conflict', member: 'a' });
  });

  it('rejects another UID for a member that is there (RFC 4791 5.3.2.1)', () => {
    const refused = rejection(decide(given(create, put('a', {}, 'uid')), put('a', {}, 'other')));
    expect(refused).toMatchObject({ code: 'no-uid-conflict', member: 'a' });
  });

  it('accepts a UID again once its member is deleted', () => {
    expect(decide(given(create, put('a', {}, 'uid'), remove('a')), put('b', {}, 'uid')).kind).toBe('accept');
  });

  it('accepts the UID of the member that a MOVE within the collection takes away', () => {
    const source = { stream: 't/ada/work', owner: 'calendar', name: 'a', version: 2 } as const;
    const moved = put('b', { move: { source, replaced: null } }, 'uid');
    const decision = decide(given(create, put('a', {}, 'uid')), moved);
    expect(events(decision)?.map(({ type }) => type)).toEqual(['MemberPut', 'MoveStarted']);
    const after = given(create, put('a', {}, 'uid'), moved, remove('a'));
    expect(after.nameByUid.get('uid')).toBe('b');
  });

  it.each([
    ['If-Match of the state that is', { ifMatch: [{ epoch: 'e1', version: 2 }] }, true],
    ['If-Match of an older state', { ifMatch: [{ epoch: 'e1', version: 1 }] }, false],
    ['If-Match of another epoch', { ifMatch: [{ epoch: 'e0', version: 2 }] }, false],
    ['If-Match: *', { ifMatch: 'exists' as const }, true],
    ['If-None-Match: *', { ifNoneMatch: 'exists' as const }, false],
    ['If-None-Match of another state', { ifNoneMatch: [{ epoch: 'e1', version: 9 }] }, true],
    ['an If header that was true of this version', { pinned: { version: 2 } }, true],
    ['an If header that was true of no member', { pinned: { version: null } }, false],
  ])('%s on a member that is there', (_what, condition, accepted) => {
    const code = rejection(decide(given(create, put('a')), put('a', { condition })))?.code;
    expect(code).toBe(accepted ? undefined : 'precondition-failed');
  });

  it('rejects If-Match where nothing is, and accepts If-None-Match: *', () => {
    expect(rejection(decide(given(create), put('a', { condition: { ifMatch: 'exists' } })))?.code).toBe(
      'precondition-failed',
    );
    expect(decide(given(create), put('a', { condition: { ifNoneMatch: 'exists' } })).kind).toBe('accept');
  });

  it('keeps what was received beside what the profile stores, and says that it was altered', () => {
    const changes = [{ row: 'R2', said: 'Left out.', component: 'VEVENT', recurrenceId: null }];
    const shape: ShapeObject = (_settings, sent, memory) => ({ ...sent, text: 'shaped', size: 6, changes, memory });
    const decision = decide(given(create), put('a'), shape);
    expect(events(decision)).toMatchObject([{ stored: 'shaped', received: 'text of a', size: 6, changes }]);
    expect(decision).toMatchObject({ outcome: { altered: true } });
  });

  it('keeps what was received where faults were mended before, and says that it was altered', () => {
    const decision = decide(given(create), put('a', { received: 'faulty' }));
    expect(events(decision)).toMatchObject([{ stored: 'text of a', received: 'faulty' }]);
    expect(decision).toMatchObject({ outcome: { altered: true } });
    const same = decide(given(create), put('a', { received: 'text of a' }));
    expect(events(same)?.[0]).not.toHaveProperty('received');
    expect(same).toMatchObject({ outcome: { altered: false } });
  });

  it('R4: tells the rules what they wanted to know at the last PUT, and says nothing of what is empty', () => {
    const told: unknown[] = [];
    const shape: ShapeObject = (settings, sent, memory) => {
      told.push([settings, memory]);
      return { ...sent, changes: [], memory: memory === null ? { lastAck: 1 } : { lastAck: memory.lastAck + 1 } };
    };
    const [first] = events(decide(given(create), put('a'), shape)) ?? [];
    expect(first).toMatchObject({ memory: { lastAck: 1 } });
    expect(first).not.toHaveProperty('changes');
    decide(evolve(given(create), first as CollectionEvent, { version: 2, actor: 'ada' }), put('a'), shape);
    const settings = { profile: 'standard', rulesOff: [] };
    expect(told).toEqual([
      [settings, null],
      [settings, { lastAck: 1 }],
    ]);
    expect(events(decide(given(create), put('a')))?.[0]).not.toHaveProperty('memory');
  });
});

describe('room (RFC 4331 6, O3)', () => {
  const limits = { maxMembers: 2, quotaBytes: 25 };
  const code = (decision: Decision<CollectionEvent>) => rejection(decision)?.code;

  it('is there up to the quota of the home, counting what its other collections hold', () => {
    const state = given(create, put('a'));
    expect(decide(state, put('b', { limits })).kind).toBe('accept');
    const fuller = { ...state, usage: { collections: 2, octets: 16 } };
    expect(code(decide(fuller, put('b', { limits })))).toBe('quota-not-exceeded');
    expect(decide(fuller, put('b')).kind).toBe('accept');
  });

  it('is there for what takes no more than before, however full it is', () => {
    const full = { ...given(create, put('a')), usage: { collections: 1, octets: 1000 } };
    expect(decide(full, put('a', { limits })).kind).toBe('accept');
    expect(code(decide(full, put('a', { limits, size: 11 })))).toBe('quota-not-exceeded');
  });

  it('is not there for more members than are allowed; deleting one makes it', () => {
    const state = given(create, put('a'), put('b', { size: 1 }));
    expect(code(decide(state, put('c', { limits, size: 1 })))).toBe('too-many-members');
    const after = given(create, put('a'), put('b', { size: 1 }), remove('b'));
    expect(decide(after, put('c', { limits, size: 1 })).kind).toBe('accept');
  });

  it('is made by what a MOVE takes away from the same collection, and from the same home', () => {
    const full = { ...given(create, put('a'), put('b')), usage: { collections: 1, octets: 1000 } };
    const from = (stream: string) => ({
      source: { stream, owner: 'calendar', name: 'a', version: 2 } as const,
      replaced: null,
    });
    expect(decide(full, put('c', { limits, move: from('t/ada/work') }, 'a')).kind).toBe('accept');
    expect(code(decide(full, put('c', { limits, move: from('t/ada/play') })))).toBe('too-many-members');
    const roomy = { ...limits, maxMembers: 9 };
    expect(decide(full, put('c', { limits: roomy, move: from('t/ada/play') })).kind).toBe('accept');
    expect(code(decide(full, put('c', { limits: roomy, move: from('t/zoe/work') })))).toBe('quota-not-exceeded');
  });

  it('is not there for one collection more than a home may have', () => {
    const state = { ...noCollection, usage: { collections: 2, octets: 0 } };
    expect(code(decide(state, { ...create, maxCollections: 2 }))).toBe('too-many-collections');
    expect(decide(state, { ...create, maxCollections: 3 }).kind).toBe('accept');
  });

  it('counts what evolves: collections, members and octets come and go', () => {
    const state = given(create, put('a'), put('b'), put('a', { size: 4 }));
    expect(state.collection).toMatchObject({ count: 2, octets: 14 });
    expect(state.usage).toEqual({ collections: 1, octets: 14 });
    const after = given(create, put('a'), { type: 'DeleteCollection' }, create);
    expect([after.collection?.count, after.usage]).toEqual([0, { collections: 1, octets: 0 }]);
  });
});

describe('a COPY or MOVE of what a profile has shaped (P3)', () => {
  const shape: ShapeObject = (_settings, sent) => {
    const shaped = { text: 'shaped', size: 6, changes: [], memory: { lastAck: 2 } };
    return sent.text === 'as put' ? { ...sent, ...shaped } : { ...sent, changes: [], memory: null };
  };
  const [source] = events(decide(given(create), put('a', { text: 'as put', received: 'as sent' }), shape)) ?? [];
  const origin = { stream: 't/ada/play', name: 'a', version: 7 };
  const content = { text: 'as put', facts: put('a').facts, size: 6 };
  const state = { ...given(create), origins: new Map([['t/ada/play@7', { put: source as MemberPut, content }]]) };
  const copy = (sameRules: boolean, changes: Partial<PutMember> = {}) =>
    events(
      decide(state, put('b', { text: 'shaped', size: 6, origin: { ...origin, sameRules }, ...changes }, 'a'), shape),
    );

  it('takes along what was left out, and what is known of dismissals; no rule runs again', () => {
    expect(copy(true)).toMatchObject([
      { name: 'b', stored: 'shaped', received: 'as sent', unshaped: 'as put', memory: { lastAck: 2 } },
    ]);
  });

  it('is shaped anew of what was put, where other rules hold', () => {
    const standard: ShapeObject = (_settings, sent, memory) => ({ ...sent, changes: [], memory });
    const body = put('b', { text: 'shaped', size: 6, origin: { ...origin, sameRules: false } }, 'a');
    expect(events(decide(state, body, standard))).toMatchObject([
      { stored: 'as put', received: 'as sent', unshaped: null },
    ]);
  });

  it('is what the copier sees, where that is not what is stored', () => {
    expect(copy(true, { text: 'masked' })?.[0]).not.toHaveProperty('received');
    expect(copy(true, { text: 'masked' })).toMatchObject([{ stored: 'masked' }]);
  });
});

describe('DeleteMember', () => {
  it('accepts, with the octets that become free', () => {
    expect(events(decide(given(create, put('a')), remove('a')))).toEqual([
      { type: 'MemberDeleted', schema: 1, name: 'a', replacedSize: 10 },
    ]);
  });

  it('rejects where nothing is', () => {
    expect(rejection(decide(given(create), remove('a')))?.code).toBe('member-missing');
    expect(rejection(decide(noCollection, remove('a')))?.code).toBe('collection-missing');
  });

  it('rejects on a state that the client does not know', () => {
    const refused = rejection(decide(given(create, put('a')), remove('a', { ifMatch: [{ epoch: 'e1', version: 1 }] })));
    expect(refused?.code).toBe('precondition-failed');
  });
});

describe('CreateCollection', () => {
  it('accepts where nothing is, also after a deletion, with the new epoch', () => {
    const state = given(create, put('a'), { type: 'DeleteCollection' }, { ...create, epoch: 'e2' });
    expect(state.collection).toMatchObject({ epoch: 'e2', version: 4 });
    expect(state.members.size).toBe(0);
  });

  it('rejects where a collection is', () => {
    expect(rejection(decide(given(create), create))?.code).toBe('resource-must-be-null');
  });
});

describe('DeleteCollection', () => {
  it('accepts', () => {
    expect(given(create, { type: 'DeleteCollection' })).toEqual(noCollection);
  });

  it('rejects a default folder, unless its home goes, too (N3)', () => {
    const state = given({ ...create, role: 'default-calendar' });
    expect(rejection(decide(state, { type: 'DeleteCollection' }))?.code).toBe('default-calendar-needed');
    expect(decide(state, { type: 'DeleteCollection', withHome: true }).kind).toBe('accept');
  });

  it('rejects when the collection has changed since the condition was found true', () => {
    expect(rejection(decide(given(create, put('a')), { type: 'DeleteCollection', pinned: 1 }))?.code).toBe(
      'precondition-failed',
    );
    expect(rejection(decide(noCollection, { type: 'DeleteCollection' }))?.code).toBe('collection-missing');
  });
});

describe('properties and epochs', () => {
  const set = { '{DAV:}displayname': { text: 'Work' } };

  it('change on a collection and on a member, whose content stays what it is', () => {
    const state = given(
      create,
      put('a'),
      { type: 'ChangeCollectionProperties', set, removed: [] },
      { type: 'ChangeMemberProperties', name: 'a', set, removed: [] },
    );
    expect(state.collection?.version).toBe(4);
    expect(state.members.get('a')?.version).toBe(2);
  });

  it('are rejected where nothing is', () => {
    const onCollection = { type: 'ChangeCollectionProperties', set, removed: [] } as const;
    const onMember = { type: 'ChangeMemberProperties', name: 'a', set, removed: [] } as const;
    expect(rejection(decide(noCollection, onCollection))?.code).toBe('collection-missing');
    expect(rejection(decide(noCollection, onMember))?.code).toBe('collection-missing');
    expect(rejection(decide(given(create), onMember))?.code).toBe('member-missing');
    expect(rejection(decide(noCollection, { type: 'RenewEpoch', epoch: 'e2' }))?.code).toBe('collection-missing');
  });

  it('are rejected when the resource has changed since the condition was found true', () => {
    const onCollection = { type: 'ChangeCollectionProperties', set, removed: [], pinned: 1 } as const;
    const onMember = { type: 'ChangeMemberProperties', name: 'a', set, removed: [], pinned: 2 } as const;
    expect(rejection(decide(given(create, put('a')), onCollection))?.code).toBe('precondition-failed');
    expect(decide(given(create, put('a')), onMember).kind).toBe('accept');
    expect(rejection(decide(given(create, put('a'), put('a')), onMember))?.code).toBe('precondition-failed');
  });

  it('a renewed epoch keeps older tags from matching', () => {
    const state = given(create, put('a'), { type: 'RenewEpoch', epoch: 'e2' });
    const condition = { ifMatch: [{ epoch: 'e1', version: 2 }] };
    expect(rejection(decide(state, put('a', { condition })))?.code).toBe('precondition-failed');
  });
});
