import {
  type AddAppPassword,
  accept,
  type ChangePassword,
  type Decision,
  type EndSessions,
  type NoteAppPasswordUse,
  type PrincipalEvent,
  type Rejection,
  reject,
  type RevokeAppPassword,
} from '@almanac/contracts';
import type { DirectoryState } from '../directory-state.js';
import { principalMissing } from '../rejections.js';

/** A directory holds no more than people have devices. */
const maxAppPasswords = 100;
const maxLabel = 100;

const isUser = (state: DirectoryState, id: string): boolean => state.principals.get(id)?.kind === 'user';

export function changePassword(state: DirectoryState, command: ChangePassword): Decision<PrincipalEvent> {
  const { id, passwordHash } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  return accept([{ type: 'PasswordChanged', schema: 1, id, passwordHash }]);
}

export function addAppPassword(state: DirectoryState, command: AddAppPassword): Decision<PrincipalEvent> {
  const { id, key, label, hash } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  if (label.length > maxLabel) {
    return reject({ code: 'invalid', detail: `The name of a device has ${maxLabel} characters at most.` });
  }
  const known = appPasswordsOf(state, id);
  if (known.has(key)) return reject({ code: 'id-taken', detail: 'That app password key is in use; draw another.' });
  if (known.size >= maxAppPasswords) {
    const detail = `A user has ${maxAppPasswords} app passwords at most: revoke those of devices that are not used any more.`;
    return reject({ code: 'too-many-app-passwords', detail });
  }
  return accept([{ type: 'AppPasswordAdded', schema: 1, id, key, label, hash }], { created: true });
}

export function revokeAppPassword(state: DirectoryState, command: RevokeAppPassword): Decision<PrincipalEvent> {
  const { id, key } = command;
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  if (!appPasswordsOf(state, id).has(key)) return reject(appPasswordMissing(id, key));
  return accept([{ type: 'AppPasswordRevoked', schema: 1, id, key }]);
}

/** Quiet where a use on the same day, or a later one, is noted already. */
export function noteAppPasswordUse(state: DirectoryState, command: NoteAppPasswordUse): Decision<PrincipalEvent> {
  const { id, key, usedAt } = command;
  const noted = appPasswordsOf(state, id).get(key);
  if (noted === undefined) return reject(appPasswordMissing(id, key));
  if (noted !== null && dayOf(noted) >= dayOf(usedAt)) return accept([]);
  return accept([{ type: 'AppPasswordUsed', schema: 1, id, key, usedAt }]);
}

export function endSessions(state: DirectoryState, { id }: EndSessions): Decision<PrincipalEvent> {
  if (!isUser(state, id)) return reject(principalMissing('user', id));
  return accept([{ type: 'SessionsEnded', schema: 1, id }]);
}

const dayOf = (milliseconds: number): number => Math.floor(milliseconds / 86_400_000);

const appPasswordsOf = (state: DirectoryState, id: string): ReadonlyMap<string, number | null> =>
  state.principals.get(id)?.appPasswords ?? new Map();

const appPasswordMissing = (id: string, key: string): Rejection => ({
  code: 'app-password-missing',
  detail: `The user ${id} has no app password ${key}.`,
});
