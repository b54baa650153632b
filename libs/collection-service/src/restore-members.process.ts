import {
  type CollectionCreated,
  type Command,
  commandId,
  type Commit,
  type MemberPut,
  type MemberReshaped,
  type PropertyValues,
  type ServiceName,
  streamName,
  type TrashedLife,
  unshapedText,
} from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';
import { isCalendarFault, octetLength, readCalendarObject } from '@almanac/icalendar';
import type { EventStore } from '@almanac/ports';

/**
 * Fills a collection that is made anew out of the trash: the members that were in it when it was deleted, each with what its
 * last PUT contained (N3). Then it leaves the trash, unless the URL or UID of one of them was taken while it came back: it
 * can be restored once more, to another URL. Begun again after a crash, it does nothing twice.
 */
export function restoreMembers(service: ServiceName, store: EventStore): ProcessManager {
  return {
    name: `${service}.restore-members`,
    types: new Set(['CollectionCreated']),
    async react(commit, execute) {
      const made = commit.events.find((event): event is CollectionCreated => event.type === 'CollectionCreated');
      if (made?.restored === undefined || made.owner !== service) return;
      let complete = true;
      for (const member of await membersOf(store, made.restored)) {
        const command = putting(commit, service, member);
        const result = command === null ? null : await execute(command);
        complete &&= result?.kind === 'accepted';
      }
      if (complete) await execute(purging(commit, service, made.restored));
    },
  };
}

interface Deleted {
  readonly name: string;
  readonly put: MemberPut | MemberReshaped;
  readonly createdBy: string;
  readonly properties: PropertyValues;
}

const pageSize = 500;

/** What the stream's commits of that life say of the members at its end. */
async function membersOf(store: EventStore, { stream, since, version }: TrashedLife): Promise<readonly Deleted[]> {
  const members = new Map<string, Deleted>();
  for (let after = since; ; ) {
    const page = await store.read(streamName(stream), after, pageSize);
    for (const commit of page.filter((each) => each.version < version)) take(members, commit);
    const last = page.at(-1);
    if (last === undefined || last.version >= version) return [...members.values()];
    after = last.version;
  }
}

function take(members: Map<string, Deleted>, { events, actor }: Commit): void {
  for (const event of events) {
    if (event.type === 'MemberDeleted') members.delete(event.name);
    if (event.type === 'MemberPut' || event.type === 'MemberReshaped') {
      const before = members.get(event.name);
      const { properties: own, createdBy: told } = event.type === 'MemberPut' ? event : {};
      const properties = own ?? before?.properties ?? {};
      members.set(event.name, {
        name: event.name,
        put: event,
        createdBy: told ?? before?.createdBy ?? actor,
        properties,
      });
    }
    if (event.type !== 'MemberPropertiesChanged') continue;
    const member = members.get(event.name);
    if (member === undefined) continue;
    const kept = Object.entries(member.properties).filter(([name]) => !event.removed.includes(name));
    members.set(event.name, { ...member, properties: { ...Object.fromEntries(kept), ...event.set } });
  }
}

const headerOf = ({ stream, version, actor, at }: Commit, service: ServiceName, step: string) => ({
  ...{ service, actor, at, notAfter: Number.MAX_SAFE_INTEGER },
  commandId: commandId(`${stream}@${version}.restore.${step}`),
});

function putting(commit: Commit, service: ServiceName, member: Deleted): Command | null {
  const { name, put, createdBy, properties } = member;
  const text = unshapedText(put);
  const { received = put.stored, attachments, without } = put;
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) return null;
  return {
    ...headerOf(commit, service, `member.${name}`),
    // Who made it sees it whole, and may edit it, as before (V4, S1).
    actor: createdBy,
    stream: commit.stream,
    body: {
      type: 'PutMember',
      name,
      text,
      facts: object.facts,
      size: octetLength(text),
      ...(text === received ? {} : { received }),
      ...(without === undefined ? {} : { without }),
      ...(attachments === undefined ? {} : { attachments }),
      ...(Object.keys(properties).length === 0 ? {} : { properties }),
      condition: { ifNoneMatch: 'exists' },
    },
  };
}

const purging = (commit: Commit, service: ServiceName, { stream, version }: TrashedLife): Command => ({
  ...headerOf(commit, service, 'purge'),
  stream: streamName(stream),
  body: { type: 'PurgeTrash', version },
});
