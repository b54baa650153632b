import {
  accept,
  type ChangeCollectionProperties,
  type ChangeMemberProperties,
  type CollectionEvent,
  type Decision,
  reject,
} from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { collectionMissing, memberMissing } from '../rejections.js';

/** PROPPATCH of a collection (RFC 4918 9.2). */
export function changeCollectionProperties(
  state: CollectionState,
  command: ChangeCollectionProperties,
): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  const { set, removed } = command;
  return accept([{ type: 'CollectionPropertiesChanged', schema: 1, set, removed }]);
}

/** PROPPATCH of a member: its content, and so its ETag, stays what it is. */
export function changeMemberProperties(
  state: CollectionState,
  command: ChangeMemberProperties,
): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  const { name, set, removed } = command;
  if (!state.members.has(name)) return reject(memberMissing);
  return accept([{ type: 'MemberPropertiesChanged', schema: 1, name, set, removed }]);
}
