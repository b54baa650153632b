import { type Commit, commandId, streamName, type DomainEvent, type MemberPut } from '@almanac/contracts';
import type { ReadModelChange } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { collectionProjections, directoryProjections } from './projections.js';

const at = Date.UTC(2026, 10, 23);
const text = (rule: string) =>
  `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:u\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20260101T100000Z\r\nDTEND:20260101T110000Z\r\n${rule}END:VEVENT\r\nEND:VCALENDAR\r\n`;

const commit = (version: number, event: DomainEvent, stream = 't/ada/work'): Commit => ({
  stream: streamName(stream),
  version,
  events: [event],
  commandId: commandId(`c${version}`),
  actor: 'ada',
  at,
  outcome: { version },
});

const changesOf = (commits: readonly Commit[], projections: typeof collectionProjections): readonly ReadModelChange[] =>
  commits.flatMap((each) => projections.flatMap((project) => each.events.flatMap((event) => project(event, each))));

const put = (changes: Partial<MemberPut> = {}): MemberPut => ({
  type: 'MemberPut',
  schema: 1,
  name: 'a',
  stored: text(''),
  facts: {
    uid: 'u',
    component: 'VEVENT',
    recurring: false,
    start: 1,
    end: 2,
    clock: 'utc',
    busy: 'BUSY',
    alarms: false,
  },
  size: 200,
  replacedSize: null,
  ...changes,
});

describe('collections and members', () => {
  it('put the member before the collection, whose counts follow (design 3)', () => {
    const changes = changesOf([commit(2, put()), commit(3, put({ replacedSize: 150 }))], collectionProjections);
    expect(changes.map(({ kind }) => kind)).toEqual([
      'member-put',
      'collection-advanced',
      'member-put',
      'collection-advanced',
    ]);
    expect(changes.filter(({ kind }) => kind === 'collection-advanced')).toMatchObject([
      { version: 2, members: 1, size: 200 },
      { version: 3, members: 0, size: 50 },
    ]);
  });

  it('count a deleted member out', () => {
    const gone = { type: 'MemberDeleted', schema: 1, name: 'a', replacedSize: 200 } as const;
    expect(changesOf([commit(3, gone)], collectionProjections)).toMatchObject([
      { kind: 'member-gone', name: 'a', version: 3 },
      { kind: 'collection-advanced', members: -1, size: -200 },
    ]);
  });

  it('compute the instances around the time of the write, from the log alone (O1)', () => {
    const recurring = put({
      stored: text('RRULE:FREQ=DAILY\r\n'),
      facts: { ...put().facts, recurring: true, end: null },
    });
    const [first] = changesOf([commit(2, recurring)], collectionProjections);
    const [again] = changesOf([commit(2, recurring)], collectionProjections);
    expect(first).toEqual(again);
    const occurrences = first?.kind === 'member-put' ? first.occurrences : null;
    expect(occurrences?.from).toBeLessThan(at / 1000);
    expect(occurrences?.to).toBeGreaterThan(at / 1000 + 365 * 86_400);
    expect(occurrences?.spans.length).toBeGreaterThan(2 * 700);
  });

  it('keep no instances where the facts tell all, or no index can', () => {
    const [single] = changesOf([commit(2, put())], collectionProjections);
    const [broken] = changesOf(
      [commit(2, put({ stored: 'nonsense', facts: { ...put().facts, recurring: true } }))],
      collectionProjections,
    );
    expect([single, broken]).toMatchObject([{ occurrences: null }, { occurrences: null }]);
  });

  it('drop everything before a collection is made again', () => {
    const created = {
      type: 'CollectionCreated',
      schema: 1,
      epoch: 'e',
      owner: 'calendar',
      components: [],
      role: null,
      profile: 'standard',
      properties: {},
    } as const;
    expect(changesOf([commit(5, created)], collectionProjections)).toMatchObject([
      { kind: 'members-dropped', version: 5 },
      { kind: 'collection-made', record: { version: 5, since: 5, segment: 'work', home: 'ada', tenant: 't' } },
    ]);
  });
});

describe('directory', () => {
  it('raises the credential version with a password, a revocation and the end of sessions, not with other changes (design 7)', () => {
    const events: DomainEvent[] = [
      { type: 'PasswordChanged', schema: 1, id: 'ada', passwordHash: 'h' },
      { type: 'PrincipalChanged', schema: 1, id: 'ada', changes: { name: 'A' } },
      { type: 'AppPasswordRevoked', schema: 1, id: 'ada', key: 'k' },
      { type: 'AppPasswordUsed', schema: 1, id: 'ada', key: 'l', usedAt: 7 },
      { type: 'SessionsEnded', schema: 1, id: 'ada' },
    ];
    const changes = changesOf(
      events.map((event, index) => commit(index + 1, event, 't')),
      directoryProjections,
    );
    expect(changes.filter(({ kind }) => kind === 'principal-put')).toMatchObject([
      { changes: { credentialVersion: 1 } },
      { changes: { name: 'A' } },
      { changes: { credentialVersion: 3 }, appPasswordRevoked: 'k' },
      { changes: {}, appPasswordUsed: { key: 'l', usedAt: 7 } },
      { changes: { credentialVersion: 5 } },
    ]);
    expect(changes.filter(({ kind }) => kind === 'directory-advanced')).toHaveLength(5);
  });

  it('leaves streams of homes and collections alone', () => {
    expect(changesOf([commit(2, put())], directoryProjections)).toEqual([]);
  });
});
