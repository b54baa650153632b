import {
  type AttachmentCommandBody,
  type Command,
  commandId,
  type Commit,
  type DomainEvent,
  type StreamName,
  tenantId,
} from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';
import type { AttachmentReader } from '@almanac/ports';

export interface ReferenceTimes {
  /** When a reference ended counts from here, so that a service that was away takes nothing for old. */
  readonly now: () => number;
  /** For how many milliseconds a deleted folder can be restored. */
  readonly trashRetention: number;
}

/**
 * Keeps which members refer to which attachments, as the calendar's and the tasks' events say it (A6): a member may refer to
 * attachments of several homes, each of which is told.
 */
export function referencesProcess(reader: AttachmentReader, { now, trashRetention }: ReferenceTimes): ProcessManager {
  return {
    name: 'attachments.references',
    types: new Set(['MemberAttachmentsChanged', 'CollectionDeleted']),
    async react(commit, execute) {
      for (const event of commit.events) {
        const at = now();
        for (const [stream, body] of await changesFrom(event, commit, {
          reader,
          restorableUntil: at + trashRetention,
        })) {
          const { kind } = await execute(commandOf(commit, stream, { body, at }));
          // An attachment that nobody is told to refer to is collected: this step is tried until it is done.
          if (kind === 'failed') throw new Error(`it was not noted which attachments ${stream} keeps`);
        }
      }
    },
  };
}

type Change = readonly [stream: StreamName, body: AttachmentCommandBody];

async function changesFrom(
  event: DomainEvent,
  { stream, version }: Commit,
  { reader, restorableUntil }: { readonly reader: AttachmentReader; readonly restorableUntil: number },
): Promise<readonly Change[]> {
  if (event.type === 'MemberAttachmentsChanged') {
    const { name, managedIds } = event;
    const holder = { stream, name };
    const tenant = tenantId(stream.split('/')[0] ?? '');
    const [known, before] = await Promise.all([
      reader.attachments(tenant, managedIds),
      reader.streamsReferredTo(holder),
    ]);
    const homes = new Set([...known.map((attachment) => attachment.stream as StreamName), ...before]);
    const body = { type: 'ChangeReferences', holder, version, managedIds } as const;
    return [...homes].map((home) => [home, body]);
  }
  if (event.type !== 'CollectionDeleted') return [];
  // What is in the trash can be restored: until it cannot, its attachments are not idle (N3).
  const idle = event.trashed === undefined ? {} : { idleFrom: restorableUntil };
  const body = { type: 'ReleaseCollection', collection: stream, version, ...idle } as const;
  return (await reader.streamsReferredTo({ stream })).map((home) => [home, body]);
}

function commandOf(
  { stream: source, version, actor, traceparent }: Commit,
  stream: StreamName,
  { body, at }: { readonly body: AttachmentCommandBody; readonly at: number },
): Command {
  return {
    commandId: commandId(`${source}@${version}.references`),
    service: 'attachments',
    stream,
    actor,
    at,
    notAfter: Number.MAX_SAFE_INTEGER,
    ...(traceparent === undefined ? {} : { traceparent }),
    body,
  };
}
