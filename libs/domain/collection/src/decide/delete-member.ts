import { accept, type CollectionEvent, type Decision, type DeleteMember, reject } from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { attachmentsChanged } from '../attachments-changed.js';
import { failedCondition } from '../member-condition.js';
import { collectionMissing, memberMissing } from '../rejections.js';

/** DELETE of a member, and the source's side of MOVE. */
export function deleteMember(state: CollectionState, command: DeleteMember): Decision<CollectionEvent> {
  const { collection } = state;
  if (collection === null) return reject(collectionMissing);
  const member = state.members.get(command.name);
  const failed = failedCondition(command.condition, member, collection.epoch);
  if (failed !== null) return reject(failed);
  if (member === undefined) return reject(memberMissing);
  const { name } = command;
  const deleted = { type: 'MemberDeleted', schema: 1, name, replacedSize: member.size } as const;
  return accept([deleted, ...attachmentsChanged(name, [], member)], { epoch: collection.epoch });
}
