import {
  accept,
  type Command,
  type Decision,
  type PrincipalCommandBody,
  type PrincipalEvent,
  reject,
} from '@almanac/contracts';
import { addPrincipal, changePrincipal } from './decide/add-principal.js';
import {
  addAppPassword,
  changePassword,
  endSessions,
  noteAppPasswordUse,
  revokeAppPassword,
} from './decide/credentials.js';
import type { DirectoryState } from './directory-state.js';
import { principalMissing } from './rejections.js';

export function decideDirectory(
  state: DirectoryState,
  { body }: Command<PrincipalCommandBody>,
): Decision<PrincipalEvent> {
  switch (body.type) {
    case 'AddPrincipal':
      return addPrincipal(state, body);
    case 'ChangePrincipal':
      return changePrincipal(state, body);
    case 'RemovePrincipal': {
      const { id, kind } = body;
      if (state.principals.get(id)?.kind !== kind) return reject(principalMissing(kind, id));
      return accept([{ type: 'PrincipalRemoved', schema: 1, id, kind }]);
    }
    case 'ChangePassword':
      return changePassword(state, body);
    case 'AddAppPassword':
      return addAppPassword(state, body);
    case 'RevokeAppPassword':
      return revokeAppPassword(state, body);
    case 'NoteAppPasswordUse':
      return noteAppPasswordUse(state, body);
    case 'EndSessions':
      return endSessions(state, body);
  }
}
