import type { CollectionCreated, CollectionEvent, MemberPut } from '@almanac/contracts';
import { type CollectionState, type LiveCollection, noCollection } from './collection-state.js';

/** The state after one event; `version` is that of the commit it belongs to. */
export function evolve(state: CollectionState, event: CollectionEvent, version: number): CollectionState {
  switch (event.type) {
    case 'CollectionCreated':
      return { ...noCollection, collection: created(event, version) };
    case 'CollectionDeleted':
      return noCollection;
    case 'EpochRenewed':
      return change(state, { epoch: event.epoch, version });
    case 'MemberPut':
      return change(withMember(state, event, version), { version });
    case 'MemberDeleted':
      return change(withoutMember(state, event.name), { version });
    case 'CollectionPropertiesChanged':
    case 'MemberPropertiesChanged':
    case 'MemberAttachmentsChanged':
    case 'MoveStarted':
      return change(state, { version });
  }
}

function created(event: CollectionCreated, version: number): LiveCollection {
  const { epoch, owner, components, role, profile } = event;
  return { epoch, owner, components, role, profile, version };
}

function change(state: CollectionState, changes: Partial<LiveCollection>): CollectionState {
  return state.collection === null ? state : { ...state, collection: { ...state.collection, ...changes } };
}

function withMember(state: CollectionState, event: MemberPut, version: number): CollectionState {
  const { uid, managedIds = [] } = event.facts;
  const attached = managedIds.length > 0 ? { attached: true } : {};
  return {
    ...state,
    members: new Map(state.members).set(event.name, { uid, version, size: event.size, ...attached }),
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
