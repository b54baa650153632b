import type { CollectionCommandBody, Command, StreamName } from '@almanac/contracts';
import type { CollectionState } from '@almanac/domain-collection';
import type { LoadStates, Versioned } from '@almanac/event-sourcing';
import type { CollectionLookup, CollectionStateReader, LoadedCollection } from '@almanac/ports';

/** One read for what a batch decides on: the members that it names, and those that hold the UIDs it brings. */
export const loadCollectionStates =
  (reader: CollectionStateReader): LoadStates<CollectionState, CollectionCommandBody> =>
  async (commands, heads) => {
    const streams = [...Map.groupBy(commands, ({ stream }) => stream)];
    const loaded = await reader.collections(
      streams.map(([stream, own]) => lookupOf(stream, own, heads.get(stream)?.version)),
    );
    return new Map(loaded.map((collection) => [collection.stream, stateFrom(collection)]));
  };

function lookupOf(
  stream: StreamName,
  commands: readonly Command<CollectionCommandBody>[],
  head: number | undefined,
): CollectionLookup {
  const names = new Set<string>();
  const uids = new Set<string>();
  for (const { body } of commands) {
    if ('name' in body) names.add(body.name);
    if (body.type === 'PutMember') uids.add(body.facts.uid);
  }
  const withProperties = commands.some(({ body }) => body.type === 'DeleteCollection');
  return { stream, names: [...names], uids: [...uids], withProperties, ...(head === undefined ? {} : { head }) };
}

function stateFrom({ version, collection, members, usage }: LoadedCollection): Versioned<CollectionState> {
  const state = {
    collection: collection === null ? null : { ...collection, version },
    members: new Map(members.map(({ name, ...member }) => [name, member])),
    nameByUid: new Map(members.map(({ name, uid }) => [uid, name])),
    usage,
  };
  return { version, state };
}
