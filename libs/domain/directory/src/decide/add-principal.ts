import {
  type AddPrincipal,
  accept,
  type ChangePrincipal,
  type Decision,
  type PrincipalDetails,
  type PrincipalEvent,
  type Rejection,
  reject,
} from '@almanac/contracts';
import { type DirectoryState, signInName } from '../directory-state.js';
import { faultOfAddress, faultOfId, faultOfLogin, firstFault } from '../identifiers.js';
import { principalMissing } from '../rejections.js';

/** Ids are unique in a tenant across users, groups and resources (design 3). */
export function addPrincipal(state: DirectoryState, command: AddPrincipal): Decision<PrincipalEvent> {
  if (!state.tenantExists) return reject({ code: 'tenant-missing', detail: 'There is no such tenant.' });
  const existing = state.principals.get(command.id);
  if (existing !== undefined) {
    return reject({ code: 'id-taken', detail: `The id ${command.id} belongs to a ${existing.kind} of this tenant.` });
  }
  const fault = faultOfId(command.id) ?? faultOfDetails(state, command.id, command);
  if (fault !== null) return reject(fault);
  return accept([{ ...command, type: 'PrincipalAdded', schema: 1 }], { created: true });
}

export function changePrincipal(state: DirectoryState, command: ChangePrincipal): Decision<PrincipalEvent> {
  const { id, kind, changes } = command;
  if (state.principals.get(id)?.kind !== kind) return reject(principalMissing(kind, id));
  const fault = faultOfDetails(state, id, changes);
  return fault === null ? accept([{ type: 'PrincipalChanged', schema: 1, id, changes }]) : reject(fault);
}

function faultOfDetails(state: DirectoryState, id: string, details: Partial<PrincipalDetails>): Rejection | null {
  const { login, addresses = [], members = [] } = details;
  return firstFault([
    login === undefined ? null : (faultOfLogin(login) ?? heldByOther(state, id, { code: 'login-taken', name: login })),
    ...addresses.map(
      (address) => faultOfAddress(address) ?? heldByOther(state, id, { code: 'address-taken', name: address }),
    ),
    ...members.map((member) => unknownMember(state, id, member)),
  ]);
}

function heldByOther(
  state: DirectoryState,
  id: string,
  { code, name }: { code: 'login-taken' | 'address-taken'; name: string },
): Rejection | null {
  const holder = state.holders.get(signInName(name));
  if (holder === undefined || holder === id) return null;
  return { code, detail: `${name} is a login or address of ${holder} already.` };
}

function unknownMember(state: DirectoryState, group: string, member: string): Rejection | null {
  if (member !== group && state.principals.has(member)) return null;
  return { code: 'invalid', detail: `The group ${group} names the member ${member}, which this tenant does not have.` };
}
