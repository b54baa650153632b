import {
  type CollectionCommandBody,
  type Command,
  type CopiedFrom,
  type MemberPut,
  type MemberReshaped,
  streamName,
  unshapedText,
} from '@almanac/contracts';
import { type CollectionState, type Origin, originKey } from '@almanac/domain-collection';
import { isCalendarFault, octetLength, readCalendarObject } from '@almanac/icalendar';
import type { EventStore } from '@almanac/ports';

/** What had been put where the copies and moves of a batch come from: one read of the log for each. */
export async function originsOf(
  store: EventStore,
  commands: readonly Command<CollectionCommandBody>[],
): Promise<CollectionState['origins']> {
  const origins = commands.flatMap(({ body }) => (body.type === 'PutMember' ? (body.origin ?? []) : []));
  const found = origins.map(async (origin) => [originKey(origin), await originOf(store, origin)] as const);
  return new Map((await Promise.all(found)).filter((entry): entry is [string, Origin] => entry[1] !== null));
}

async function originOf(store: EventStore, { stream, name, version }: CopiedFrom): Promise<Origin | null> {
  const [commit] = await store.read(streamName(stream), version - 1, 1);
  const put = commit?.events.find(
    (event): event is MemberPut | MemberReshaped =>
      (event.type === 'MemberPut' || event.type === 'MemberReshaped') && event.name === name,
  );
  if (put === undefined || commit?.version !== version) return null;
  const text = unshapedText(put);
  const object = readCalendarObject(text);
  return isCalendarFault(object) ? null : { put, content: { text, facts: object.facts, size: octetLength(text) } };
}
