import {
  accept,
  type ChangeCollectionProperties,
  type ChangeMemberProperties,
  type CollectionEvent,
  type Decision,
  reject,
} from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { changedMeanwhile, collectionMissing, memberMissing } from '../rejections.js';

/** PROPPATCH of a collection (RFC 4918 9.2). */
export function changeCollectionProperties(
  state: CollectionState,
  command: ChangeCollectionProperties,
): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  const { set, removed, pinned } = command;
  if (pinned !== undefined && pinned !== state.collection.version) return reject(changedMeanwhile);
  return accept([{ type: 'CollectionPropertiesChanged', schema: 1, set, removed }]);
}

/** PROPPATCH of a member: its content, and so its ETag, stays what it is. */
export function changeMemberProperties(
  state: CollectionState,
  command: ChangeMemberProperties,
): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  const { name, set, removed, pinned } = command;
  const member = state.members.get(name);
  if (member === undefined) return reject(memberMissing);
  if (pinned !== undefined && pinned !== member.version) return reject(changedMeanwhile);
  return accept([{ type: 'MemberPropertiesChanged', schema: 1, name, set, removed }]);
}
