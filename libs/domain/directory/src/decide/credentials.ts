import {
  type AddAppPassword,
  accept,
  type ChangePassword,
  type Decision,
  type PrincipalEvent,
  reject,
  type RevokeAppPassword,
} from '@almanac/contracts';
import type { DirectoryState } from '../directory-state.js';
import { principalMissing } from '../rejections.js';

const isUser = (state: DirectoryState, id: string): boolean => state.principals.get(id)?.kind === 'user';

export function changePassword(state: DirectoryState, command: ChangePassword): Decision<PrincipalEvent> {
  const { id, passwordHash } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  return accept([{ type: 'PasswordChanged', schema: 1, id, passwordHash }]);
}

export function addAppPassword(state: DirectoryState, command: AddAppPassword): Decision<PrincipalEvent> {
  const { id, key, label, hash } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  if (state.principals.get(id)?.appPasswordKeys.has(key)) {
    return reject({ code: 'id-taken', detail: 'That app password key is in use; draw another.' });
  }
  return accept([{ type: 'AppPasswordAdded', schema: 1, id, key, label, hash }], { created: true });
}

export function revokeAppPassword(state: DirectoryState, command: RevokeAppPassword): Decision<PrincipalEvent> {
  const { id, key } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  if (!state.principals.get(id)?.appPasswordKeys.has(key)) {
    return reject({ code: 'app-password-missing', detail: `The user ${id} has no app password ${key}.` });
  }
  return accept([{ type: 'AppPasswordRevoked', schema: 1, id, key }]);
}
