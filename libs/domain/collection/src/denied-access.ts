import { type Act, may, rightOf } from '@almanac/access';
import { type CollectionCommandBody, type Command, homeOf, type Rejection } from '@almanac/contracts';
import type { CollectionState } from './collection-state.js';

/**
 * Null when the actor may do what the command asks for (S1, S4), or when the service itself acts. A change of rights counts
 * from its commit on, whatever a frontend has read before.
 */
export function deniedAccess(state: CollectionState, command: Command<CollectionCommandBody>): Rejection | null {
  const { stream, actor, groups, body } = command;
  if (groups === undefined) return null;
  const home = homeOf(stream).split('/')[1] ?? '';
  if (actor === home) return null;
  if (state.collection === null) return notVisible;
  const right = rightOf({ id: actor, groups }, { home, shares: state.collection.shares });
  if (right === null) return notVisible;
  const member = 'name' in body ? state.members.get(body.name) : undefined;
  return may(right, actOf(body, member !== undefined), member?.createdBy === actor) ? null : needPrivileges;
}

function actOf(body: CollectionCommandBody, exists: boolean): Act {
  switch (body.type) {
    case 'PutMember':
      return exists ? 'change' : 'add';
    case 'ChangeMemberProperties':
      return 'change';
    case 'DeleteMember':
      return 'remove';
    case 'ChangeCollectionProperties':
    case 'GrantShare':
    case 'RevokeShare':
      return 'administer';
    case 'PurgeTrash':
    case 'ChangeProfile':
    case 'ReshapeMember':
    case 'CreateCollection':
    case 'DeleteCollection':
    case 'RenewEpoch':
      return 'own';
  }
}

const notVisible: Rejection = { code: 'not-visible', detail: 'There is nothing at this URL.' };

const needPrivileges: Rejection = {
  code: 'need-privileges',
  detail: 'Your rights on this shared calendar do not allow this; ask its owner for more.',
};
