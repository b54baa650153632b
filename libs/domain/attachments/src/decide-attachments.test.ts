import {
  type AddAttachments,
  type AttachmentCommandBody,
  type AttachmentEvent,
  type Command,
  commandId,
  type Decision,
  type NewAttachment,
  streamName,
} from '@almanac/contracts';
import { describe, expect, it } from 'vitest';
import { type AttachmentsState, evolveAttachments, noAttachments } from './attachments-state.js';
import { decideAttachments } from './decide-attachments.js';

const decide = (state: AttachmentsState, body: AttachmentCommandBody, at = 100): Decision<AttachmentEvent> =>
  decideAttachments(state, {
    commandId: commandId('c'),
    service: 'attachments',
    stream: streamName('t/ada/@attachments'),
    actor: 'ada',
    at,
    notAfter: 1_000,
    body,
  } satisfies Command<AttachmentCommandBody>);

function given(...steps: readonly (AttachmentCommandBody | readonly [AttachmentCommandBody, at: number])[]) {
  return steps.reduce<AttachmentsState>((state, step) => {
    const [body, at] = Array.isArray(step)
      ? (step as [AttachmentCommandBody, number])
      : [step as AttachmentCommandBody, 100];
    const decision = decide(state, body, at);
    if (decision.kind === 'reject') throw new Error(decision.rejection.detail);
    return decision.events.reduce(evolveAttachments, state);
  }, noAttachments);
}

const events = (decision: Decision<AttachmentEvent>) => (decision.kind === 'accept' ? decision.events : null);
const code = (decision: Decision<AttachmentEvent>) => (decision.kind === 'reject' ? decision.rejection.code : null);

const work = { stream: 't/ada/work', name: 'a.ics' };
const play = { stream: 't/ada/play', name: 'b.ics' };
const attachment = (managedId: string, size = 10): NewAttachment => ({
  managedId,
  digest: `digest of ${managedId}`,
  size,
  mediaType: 'text/plain',
  filename: `${managedId}.txt`,
  origin: 'https://dav.example.org',
});
const add = (...attachments: NewAttachment[]): AddAttachments => ({
  type: 'AddAttachments',
  attachments,
  holder: work,
  room: 100,
  keptLimit: 200,
});
const refer = (version: number, managedIds: readonly string[], holder = work) =>
  ({ type: 'ChangeReferences', holder, version, managedIds }) as const;
const collect = (managedIds: readonly string[], idleBefore: number) =>
  ({ type: 'CollectAttachments', managedIds, idleBefore }) as const;

describe('AddAttachments', () => {
  it('accepts, and counts them at once', () => {
    expect(events(decide(noAttachments, add(attachment('x'), attachment('y'))))).toMatchObject([
      { type: 'AttachmentsAdded', creator: 'ada', holder: work, used: 20 },
    ]);
    expect(given(add(attachment('x')))).toMatchObject({ used: 10, kept: 10 });
  });

  it('rejects what the quota has no room for, and what would be kept beyond the limit', () => {
    expect(code(decide(given(add(attachment('x', 60))), add(attachment('y', 50))))).toBe('quota-not-exceeded');
    const waiting = given(add(attachment('x', 90)), refer(5, ['x']), refer(6, []));
    expect(waiting).toMatchObject({ used: 0, kept: 90 });
    expect(events(decide(waiting, add(attachment('y', 90))))).toHaveLength(1);
    expect(code(decide(waiting, { ...add(attachment('y', 90)), keptLimit: 150 }))).toBe('quota-not-exceeded');
  });

  it('stays quiet on repetition', () => {
    expect(events(decide(given(add(attachment('x'))), add(attachment('x'))))).toEqual([]);
  });
});

describe('ChangeReferences', () => {
  it('refers to what a version names, and releases what the next one does not', () => {
    const referred = given(add(attachment('x'), attachment('y')), refer(5, ['x']));
    expect(referred.attachments.get('x')).toMatchObject({ references: [work], awaited: [], idleSince: null });
    expect(referred.attachments.get('y')).toMatchObject({ references: [], awaited: [work] });
    const released = decide(referred, refer(6, []), 300);
    expect(events(released)).toMatchObject([{ referred: [], released: ['x'], used: -10 }]);
  });

  it('A5: an attachment stays while another member refers to it', () => {
    const state = given(add(attachment('x')), refer(5, ['x']), refer(3, ['x'], play), refer(6, []));
    expect(state.attachments.get('x')).toMatchObject({ references: [play], idleSince: null });
    expect(state.used).toBe(10);
  });

  it('stays quiet on repetition, on an older version, and on ids that it does not know', () => {
    const state = given(add(attachment('x')), refer(5, ['x']), refer(6, []));
    expect(events(decide(state, refer(6, [])))).toEqual([]);
    expect(events(decide(state, refer(5, ['x'])))).toEqual([]);
    expect(events(decide(state, refer(7, ['elsewhere'])))).toEqual([]);
  });

  it('counts what is referred to again', () => {
    expect(given(add(attachment('x')), refer(5, ['x']), refer(6, []), refer(7, ['x']))).toMatchObject({ used: 10 });
  });
});

describe('ReleaseCollection', () => {
  const release = { type: 'ReleaseCollection', collection: 't/ada/work', version: 9 } as const;

  it('A6: releases all that the members of the collection refer to, once', () => {
    const state = given(add(attachment('x'), attachment('y')), refer(5, ['x']), refer(3, ['y'], play));
    expect(events(decide(state, release))).toMatchObject([{ released: ['x'], used: -10 }]);
    expect(events(decide(given(add(attachment('x')), refer(5, ['x']), release), release))).toEqual([]);
    expect(events(decide(noAttachments, release))).toEqual([]);
  });

  it('N3: they are idle at once, or from then on when the collection cannot be restored any more', () => {
    const idleSince = (body: AttachmentCommandBody) =>
      given(add(attachment('x')), refer(5, ['x']), [body, 200]).attachments.get('x')?.idleSince;
    expect(idleSince(release)).toBe(200);
    expect(idleSince({ ...release, idleFrom: 900 })).toBe(900);
    const state = given(add(attachment('x')), refer(5, ['x']));
    expect(events(decide(state, { ...release, idleFrom: 900 }, 200))).toMatchObject([{ at: 200, idleFrom: 900 }]);
  });
});

describe('HoldAttachments and AbandonAttachments', () => {
  const hold = { type: 'HoldAttachments', managedIds: ['x'], holder: play } as const;

  it('keeps what nobody refers to, for another grace time, and counts it', () => {
    const state = given(add(attachment('x')), refer(5, ['x']), refer(6, []), [hold, 500]);
    expect(state).toMatchObject({ used: 10 });
    expect(state.attachments.get('x')).toMatchObject({ awaited: [play], idleSince: 500 });
  });

  it('rejects what is gone', () => {
    expect(code(decide(noAttachments, hold))).toBe('valid-managed-id-parameter');
  });

  it('abandons once, and frees the room', () => {
    const abandon = { type: 'AbandonAttachments', managedIds: ['x'], holder: work } as const;
    const state = given(add(attachment('x')));
    expect(events(decide(state, abandon))).toMatchObject([{ managedIds: ['x'], used: -10 }]);
    expect(events(decide(given(add(attachment('x')), abandon), abandon))).toEqual([]);
  });
});

describe('CollectAttachments (A6)', () => {
  it('gives up what a member was only about to refer to, and removes it a grace time later', () => {
    const added = given([add(attachment('x')), 100]);
    expect(events(decide(added, collect(['x'], 99), 200))).toEqual([]);
    expect(events(decide(added, collect(['x'], 100), 200))).toMatchObject([
      { givenUp: ['x'], removed: [], used: -10, kept: 0 },
    ]);
    const givenUp = given([add(attachment('x')), 100], [collect(['x'], 100), 200]);
    expect(events(decide(givenUp, collect(['x'], 199), 300))).toEqual([]);
    expect(events(decide(givenUp, collect(['x'], 200), 300))).toMatchObject([{ removed: ['x'], used: 0, kept: -10 }]);
    expect(given([add(attachment('x')), 100], [collect(['x'], 100), 200], [collect(['x'], 200), 300])).toEqual({
      ...noAttachments,
    });
  });

  it('leaves what a member refers to, however old it is', () => {
    expect(events(decide(given(add(attachment('x')), refer(5, ['x'])), collect(['x'], 9_999)))).toEqual([]);
  });

  it('removes what was released, and stays quiet on repetition', () => {
    const state = given(add(attachment('x')), refer(5, ['x']), [refer(6, []), 300]);
    expect(events(decide(state, collect(['x'], 299)))).toEqual([]);
    expect(events(decide(state, collect(['x'], 300)))).toMatchObject([{ removed: ['x'], kept: -10 }]);
    expect(events(decide(noAttachments, collect(['x'], 300)))).toEqual([]);
  });
});
