import {
  accept,
  type ChangeProfile,
  type CollectionEvent,
  type Decision,
  type ReshapeMember,
  reject,
} from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { changedMeanwhile, collectionMissing, memberMissing } from '../rejections.js';
import type { ShapeObject } from '../shape-object.js';
import { settingsOf, shapedFields } from './put-member.js';

/** Another profile, or other rules of it, from now on; the members follow one by one (`ReshapeMember`). */
export function changeProfile(
  { collection }: CollectionState,
  { profile, rulesOff }: ChangeProfile,
): Decision<CollectionEvent> {
  if (collection === null) return reject(collectionMissing);
  const same = collection.profile === profile && collection.rulesOff.join() === rulesOff.join();
  return accept(same ? [] : [{ type: 'ProfileChanged', schema: 1, profile, rulesOff }], { epoch: collection.epoch });
}

/** What the member's last PUT contained, as the profile of now keeps it (requirements, profiles); nothing where that is the same. */
export function reshapeMember(
  { collection, members }: CollectionState,
  command: ReshapeMember,
  shape: ShapeObject,
): Decision<CollectionEvent> {
  if (collection === null) return reject(collectionMissing);
  const { name, text, received, facts, size, stored: before, without, pinned } = command;
  const member = members.get(name);
  if (member === undefined) return reject(memberMissing);
  if (member.version !== pinned) return reject(changedMeanwhile);
  const stored = shape(settingsOf(collection, without), { text, facts, size }, null);
  const outcome = { epoch: collection.epoch };
  if (stored.text === before) return accept([], outcome);
  const kept = without === undefined ? {} : { without };
  const shaped = {
    stored: stored.text,
    ...kept,
    ...shapedFields(stored, { text, received, facts }),
    replacedSize: member.size,
  };
  return accept([{ type: 'MemberReshaped', schema: 1, name, ...shaped }], outcome);
}
