import {
  type CollectionCommandBody,
  type CollectionEvent,
  type Command,
  type Decision,
  reject,
} from '@almanac/contracts';
import type { CollectionState } from './collection-state.js';
import { changeProfile, reshapeMember } from './decide/change-profile.js';
import { changeCollectionProperties, changeMemberProperties } from './decide/change-properties.js';
import { grantShare, revokeShare } from './decide/change-shares.js';
import { createCollection } from './decide/create-collection.js';
import { deleteCollection, purgeTrash } from './decide/delete-collection.js';
import { deleteMember } from './decide/delete-member.js';
import { putMember } from './decide/put-member.js';
import { renewEpoch } from './decide/renew-epoch.js';
import { deniedAccess } from './denied-access.js';
import type { ShapeObject } from './shape-object.js';

/** Decides over a collection; the profile's rules for calendar data come from outside. */
export const decideWith =
  (shape: ShapeObject) =>
  (state: CollectionState, command: Command<CollectionCommandBody>): Decision<CollectionEvent> => {
    const { body } = command;
    const denied = deniedAccess(state, command);
    if (denied !== null) return reject(denied);
    switch (body.type) {
      case 'PutMember':
        return putMember(state, { ...command, body }, shape);
      case 'DeleteMember':
        return deleteMember(state, body);
      case 'ChangeMemberProperties':
        return changeMemberProperties(state, body);
      case 'CreateCollection':
        return createCollection(state, body);
      case 'ChangeCollectionProperties':
        return changeCollectionProperties(state, body);
      case 'DeleteCollection':
        return deleteCollection(state, body);
      case 'PurgeTrash':
        return purgeTrash(body);
      case 'ChangeProfile':
        return changeProfile(state, body);
      case 'ReshapeMember':
        return reshapeMember(state, body, shape);
      case 'GrantShare':
        return grantShare(state, { ...command, body });
      case 'RevokeShare':
        return revokeShare(state, body);
      case 'RenewEpoch':
        return renewEpoch(state, body);
    }
  };
