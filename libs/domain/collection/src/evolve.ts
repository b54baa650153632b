import type {
  CollectionCreated,
  CollectionEvent,
  Commit,
  MemberPut,
  MemberReshaped,
  PropertyChanges,
  PropertyValues,
  Share,
  ShareGranted,
} from '@almanac/contracts';
import { type CollectionState, type LiveCollection, noCollection } from './collection-state.js';

/** The state after one event; `version` is that of the commit it belongs to. */
export function evolve(
  state: CollectionState,
  event: CollectionEvent,
  { version, actor }: Pick<Commit, 'version' | 'actor'>,
): CollectionState {
  switch (event.type) {
    case 'CollectionCreated':
      return {
        ...noCollection,
        collection: created(event, version),
        usage: { ...state.usage, collections: state.usage.collections + 1 },
      };
    case 'CollectionDeleted':
      return { ...noCollection, usage: usageWithout(state) };
    case 'EpochRenewed':
      return change(state, { epoch: event.epoch, version });
    case 'ProfileChanged':
      return change(state, { version, profile: event.profile, rulesOff: event.rulesOff });
    case 'MemberPut':
    case 'MemberReshaped':
      return change(withMember(state, event, { version, actor }), { version });
    case 'MemberDeleted':
      return change(withoutMember(grown(state, -1, -event.replacedSize), event.name), { version });
    case 'ShareGranted':
      return change(state, { version, shares: [...sharesWithout(state, event.id), shareOf(event)] });
    case 'ShareRevoked':
      return change(state, { version, shares: sharesWithout(state, event.id) });
    case 'CollectionPropertiesChanged':
      return change(state, { version, properties: propertiesAfter(state, event) });
    case 'TrashPurged':
    case 'MemberPropertiesChanged':
    case 'MemberAttachmentsChanged':
    case 'MoveStarted':
      return change(state, { version });
  }
}

function created(event: CollectionCreated, version: number): LiveCollection {
  const { epoch, owner, components, role, profile, rulesOff = [], properties } = event;
  const settings = { epoch, owner, components, role, profile, rulesOff };
  return { ...settings, properties, shares: [], version, since: version, count: 0, octets: 0 };
}

function usageWithout({ collection, usage }: CollectionState): CollectionState['usage'] {
  if (collection === null) return usage;
  return { collections: usage.collections - 1, octets: usage.octets - collection.octets };
}

/** The collection and its home after so many members and octets more, or less. */
function grown(state: CollectionState, members: number, octets: number): CollectionState {
  const { collection, usage } = state;
  if (collection === null) return state;
  const { count, octets: before } = collection;
  return {
    ...state,
    collection: { ...collection, count: count + members, octets: before + octets },
    usage: { ...usage, octets: usage.octets + octets },
  };
}

function change(state: CollectionState, changes: Partial<LiveCollection>): CollectionState {
  return state.collection === null ? state : { ...state, collection: { ...state.collection, ...changes } };
}

function propertiesAfter({ collection }: CollectionState, { set, removed }: PropertyChanges): PropertyValues | null {
  if (collection === null || collection.properties === null) return null;
  const kept = Object.entries(collection.properties).filter(([name]) => !removed.includes(name));
  return { ...Object.fromEntries(kept), ...set };
}

const shareOf = ({ kind, id, right }: ShareGranted): Share => ({ kind, id, right });

const sharesWithout = ({ collection }: CollectionState, id: string): readonly Share[] =>
  (collection?.shares ?? []).filter((share) => share.id !== id);

function withMember(
  state: CollectionState,
  event: MemberPut | MemberReshaped,
  { version, actor }: Pick<Commit, 'version' | 'actor'>,
): CollectionState {
  const { uid, managedIds = [] } = event.facts;
  const told = event.type === 'MemberPut' ? event.createdBy : undefined;
  const createdBy = told ?? state.members.get(event.name)?.createdBy ?? actor;
  const { replacedSize, memory = null } = event;
  const attached = managedIds.length > 0 ? { attached: true } : {};
  const member = { uid, version, size: event.size, createdBy, memory, ...attached };
  return {
    ...grown(state, replacedSize === null ? 1 : 0, event.size - (replacedSize ?? 0)),
    members: new Map(state.members).set(event.name, member),
    nameByUid: new Map(state.nameByUid).set(uid, event.name),
  };
}

function withoutMember(state: CollectionState, name: string): CollectionState {
  const members = new Map(state.members);
  const nameByUid = new Map(state.nameByUid);
  const member = members.get(name);
  // After a MOVE within the collection the UID is the target's already.
  if (member !== undefined && nameByUid.get(member.uid) === name) nameByUid.delete(member.uid);
  members.delete(name);
  return { ...state, members, nameByUid };
}

/** The collections of a home share what is known of it. */
export const shareUsage = (neighbour: CollectionState, { usage }: CollectionState): CollectionState => ({
  ...neighbour,
  usage,
});
