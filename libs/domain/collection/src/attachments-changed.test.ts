import {
  type CollectionCommandBody,
  type CollectionEvent,
  type Command,
  commandId,
  type Decision,
  streamName,
} from '@almanac/contracts';
import { describe, expect, it } from 'vitest';
import { type CollectionState, noCollection } from './collection-state.js';
import { decideWith } from './decide.js';
import { evolve } from './evolve.js';
import type { ShapeObject } from './shape-object.js';

const asItIs: ShapeObject = (_settings, sent, memory) => ({ ...sent, changes: [], memory });

const decide = (state: CollectionState, body: CollectionCommandBody, shape = asItIs): Decision<CollectionEvent> =>
  decideWith(shape)(state, {
    commandId: commandId('c'),
    service: 'calendar',
    stream: streamName('t/ada/work'),
    actor: 'ada',
    at: 1,
    notAfter: 2,
    body,
  } satisfies Command<CollectionCommandBody>);

const given = (...bodies: readonly CollectionCommandBody[]): CollectionState =>
  bodies.reduce((state, body, index) => {
    const decision = decide(state, body);
    if (decision.kind === 'reject') throw new Error(decision.rejection.detail);
    return decision.events.reduce(
      (before, event) => evolve(before, event, { version: index + 1, actor: 'ada' }),
      state,
    );
  }, noCollection);

const create: CollectionCommandBody = {
  type: 'CreateCollection',
  epoch: 'e1',
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: {},
};

const put = (managedIds?: readonly string[]): CollectionCommandBody => ({
  type: 'PutMember',
  name: 'a',
  text: 'text',
  size: 4,
  facts: {
    ...{ uid: 'a', component: 'VEVENT', recurring: false, start: 1, end: 2, clock: 'utc', busy: 'BUSY', alarms: false },
    ...(managedIds === undefined ? {} : { managedIds }),
  },
  condition: {},
});

const changes = (decision: Decision<CollectionEvent>) =>
  decision.kind === 'accept' ? decision.events.filter(({ type }) => type === 'MemberAttachmentsChanged') : null;

describe('A6: what a member refers to', () => {
  it('is said with a put of it, and with the one that drops the last of it', () => {
    expect(changes(decide(given(create), put(['x'])))).toMatchObject([{ name: 'a', managedIds: ['x'] }]);
    expect(changes(decide(given(create, put(['x'])), put()))).toMatchObject([{ name: 'a', managedIds: [] }]);
  });

  it('is said with the deletion', () => {
    const remove = { type: 'DeleteMember', name: 'a', condition: {} } as const;
    expect(changes(decide(given(create, put(['x'])), remove))).toMatchObject([{ managedIds: [] }]);
    expect(changes(decide(given(create, put()), remove))).toEqual([]);
  });

  it('is not spoken of where there is nothing', () => {
    expect(changes(decide(given(create), put()))).toEqual([]);
    expect(changes(decide(given(create, put(['x']), put()), put()))).toEqual([]);
  });

  it('is what was received, too, where the profile dropped it', () => {
    const shape: ShapeObject = (_settings, { text, size, facts: { managedIds: _dropped, ...facts } }, memory) => ({
      ...{ text: `shaped ${text}`, size, facts, changes: [], memory },
    });
    const decision = decide(given(create), put(['x']), shape);
    expect(changes(decision)).toMatchObject([{ managedIds: ['x'] }]);
    expect(decision).toMatchObject({ events: [{ received: 'text', facts: { managedIds: ['x'] } }, {}] });
  });

  it('the data as received is kept beside what stands in its place', () => {
    const received = { ...put(['x']), received: 'as sent' } as CollectionCommandBody;
    const decision = decide(given(create), received);
    expect(decision).toMatchObject({
      events: [{ stored: 'text', received: 'as sent' }, {}],
      outcome: { altered: true },
    });
  });
});
