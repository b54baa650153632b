import { setTimeout as delay } from 'node:timers/promises';
import {
  type CollectionRecord,
  type Command,
  commandId,
  type Commit,
  type MemberPut,
  type MemberReshaped,
  type Profile,
  type ReshapeMember,
  type ServiceName,
  unshapedText,
} from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';
import { isCalendarFault, octetLength, readCalendarObject } from '@almanac/icalendar';
import type { CollectionReader, EventStore, MemberReader } from '@almanac/ports';

export interface ReshapePorts {
  readonly store: EventStore;
  readonly collections: CollectionReader;
  readonly members: MemberReader;
}

/**
 * After a collection got another profile, each member follows: what its last PUT contained is shaped anew (requirements,
 * profiles). A member that is put meanwhile has the new profile already.
 */
export function reshapeMembers(service: ServiceName, { store, collections, members }: ReshapePorts): ProcessManager {
  return {
    name: `${service}.reshape-members`,
    types: new Set(['ProfileChanged']),
    async react(commit, execute, over) {
      const collection = await onceShown(commit, collections, over);
      if (collection?.owner !== service) return;
      for (const { name, version } of await members.list(commit.stream)) {
        if (version > commit.version) continue;
        over.throwIfAborted();
        const [put] = await store.read(commit.stream, version - 1, 1);
        const command = put === undefined ? null : reshaping(put, commit, { service, name, to: collection.profile });
        if (command !== null) await execute(command);
      }
    },
  };
}

const poll = 25;
const patience = 10_000;

/**
 * The feed may be faster than the read models, which would tell the profile from before and leave out what was put just then.
 * Where their writer died, another one brings them up.
 * @throws Error when they are not, so that it is tried again
 */
async function onceShown(
  { stream, version }: Commit,
  collections: CollectionReader,
  over: AbortSignal,
): Promise<CollectionRecord | null> {
  for (const end = Date.now() + patience; ; await delay(poll, undefined, { signal: over })) {
    const collection = await collections.collection(stream);
    if (collection === null || collection.version >= version) return collection;
    if (Date.now() > end) throw new Error(`the read models do not show ${stream} at version ${version}`);
  }
}

interface Reshaping {
  readonly service: ServiceName;
  readonly name: string;
  readonly to: Profile;
}

/** Null where the other profile cannot make a difference, or the data cannot be read by this version. */
function reshaping(put: Commit, { stream, version, actor, at }: Commit, { service, name, to }: Reshaping) {
  const event = put.events.find(
    (each): each is MemberPut | MemberReshaped =>
      (each.type === 'MemberPut' || each.type === 'MemberReshaped') && each.name === name,
  );
  const text = event === undefined ? null : unshapedText(event);
  if (event === undefined || text === null || (to === 'standard' && text === event.stored)) return null;
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) return null;
  const { received = event.stored, stored, without } = event;
  const rules = without === undefined ? {} : { without };
  const data = { text, received, facts: object.facts, size: octetLength(text), stored, ...rules };
  const body: ReshapeMember = { type: 'ReshapeMember', name, ...data, pinned: put.version };
  const id = commandId(`${stream}@${version}.reshape.${name}`);
  const command: Command = { commandId: id, service, stream, actor, at, notAfter: Number.MAX_SAFE_INTEGER, body };
  return command;
}
