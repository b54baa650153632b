import {
  type AttachmentRecord,
  attachmentsStream,
  type Command,
  type CommandResult,
  type Commit,
  commandId,
  type DomainEvent,
  principalId,
  streamName,
  tenantId,
} from '@almanac/contracts';
import type { AttachmentReader } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { referencesProcess } from './references.process.js';

const tenant = tenantId('t');
const adas = attachmentsStream(tenant, principalId('ada'));
const bobs = attachmentsStream(tenant, principalId('bob'));

const reader = (known: Readonly<Record<string, string>>, referred: readonly string[] = []): AttachmentReader => ({
  attachments: async (_tenant, ids) =>
    ids.flatMap((managedId) =>
      known[managedId] === undefined ? [] : [{ managedId, stream: known[managedId] } as AttachmentRecord],
    ),
  streamsReferredTo: async () => referred.map(streamName),
  attachmentHome: async (stream) => ({ stream, version: 0, used: 0, kept: 0 }),
  idleAttachments: async () => [],
  digestsInUse: async () => new Set(),
  tenantsWithAttachments: async () => [],
});

const commitOf = (event: DomainEvent): Commit => ({
  stream: streamName('t/ada/work'),
  version: 7,
  events: [event],
  commandId: commandId('c'),
  actor: 'ada',
  at: 1,
  outcome: { version: 7 },
});

async function reactions(event: DomainEvent, of: AttachmentReader): Promise<readonly Command[]> {
  const commands: Command[] = [];
  const execute = async (command: Command): Promise<CommandResult> => {
    commands.push(command);
    return { kind: 'accepted', outcome: { version: 1 } };
  };
  const process = referencesProcess(of, { now: () => 99, trashRetention: 1000 });
  await process.react(commitOf(event), execute, new AbortController().signal);
  return commands;
}

const changed = (...managedIds: string[]): DomainEvent => ({
  type: 'MemberAttachmentsChanged',
  schema: 1,
  name: 'a.ics',
  managedIds,
});

describe('A6: references follow the members', () => {
  it('and a step that was parked is tried again: an attachment that nobody refers to would be collected', async () => {
    const process = referencesProcess(reader({ x: adas }), { now: () => 99, trashRetention: 1000 });
    const parked = async () => ({ kind: 'failed' }) as const;
    const reacting = process.react(commitOf(changed('x')), parked, new AbortController().signal);
    await expect(reacting).rejects.toThrow('not noted');
  });

  it('tells each home whose attachments a member refers to, or did', async () => {
    const commands = await reactions(changed('x', 'y', 'unknown'), reader({ x: adas, y: bobs }, [adas]));
    expect(commands.map(({ stream }) => stream)).toEqual([adas, bobs]);
    expect(commands[0]).toMatchObject({
      service: 'attachments',
      commandId: 't/ada/work@7.references',
      at: 99,
      body: {
        type: 'ChangeReferences',
        holder: { stream: 't/ada/work', name: 'a.ics' },
        version: 7,
        managedIds: ['x', 'y', 'unknown'],
      },
    });
  });

  it('tells those whom a deleted collection concerns', async () => {
    const commands = await reactions({ type: 'CollectionDeleted', schema: 1 }, reader({}, [bobs]));
    expect(commands).toMatchObject([
      { stream: bobs, body: { type: 'ReleaseCollection', collection: 't/ada/work', version: 7 } },
    ]);
    expect(commands[0]?.body).not.toHaveProperty('idleFrom');
  });

  it('N3: those of a folder that can be restored are not idle before it cannot be any more', async () => {
    const trashed = { owner: 'calendar', components: ['VEVENT'], properties: {}, members: 1, since: 1 } as const;
    const commands = await reactions({ type: 'CollectionDeleted', schema: 1, trashed }, reader({}, [bobs]));
    expect(commands).toMatchObject([{ at: 99, body: { type: 'ReleaseCollection', idleFrom: 1099 } }]);
  });

  it('tells nobody where nobody is concerned', async () => {
    expect(await reactions(changed('unknown'), reader({}))).toEqual([]);
    expect(await reactions({ type: 'CollectionDeleted', schema: 1 }, reader({}))).toEqual([]);
    expect(await reactions({ type: 'EpochRenewed', schema: 1, epoch: 'e' }, reader({}, [adas]))).toEqual([]);
  });
});
