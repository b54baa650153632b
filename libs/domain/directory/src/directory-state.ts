import type { PrincipalEvent, PrincipalKind } from '@almanac/contracts';

export interface KnownPrincipal {
  readonly kind: PrincipalKind;
  /** By their keys; when each was used last, as far as it is noted, milliseconds since 1970. */
  readonly appPasswords: ReadonlyMap<string, number | null>;
}

/**
 * A tenant's principals as far as a batch of commands needs them: those that the commands name, and those
 * that hold a login or an address that they bring.
 */
export interface DirectoryState {
  readonly tenantExists: boolean;
  readonly principals: ReadonlyMap<string, KnownPrincipal>;
  /**
   * Who signs in with a name: logins and addresses share one space; lower case. A name that its holder has given
   * up within this batch still counts as held; the next batch has read that it is free.
   */
  readonly holders: ReadonlyMap<string, string>;
}

/** Logins and addresses are compared without case. */
export const signInName = (name: string): string => name.toLowerCase();

export function evolveDirectory(state: DirectoryState, event: PrincipalEvent): DirectoryState {
  switch (event.type) {
    case 'PrincipalAdded':
      return hold(withPrincipal(state, event.id, { kind: event.kind, appPasswords: new Map() }), event);
    case 'PrincipalChanged':
      return hold(state, { id: event.id, ...event.changes });
    case 'PrincipalRemoved':
      return release(state, event.id);
    case 'PasswordChanged':
    case 'SessionsEnded':
      return state;
    case 'AppPasswordAdded':
      return changeAppPasswords(state, event.id, (known) => known.set(event.key, null));
    case 'AppPasswordRevoked':
      return changeAppPasswords(state, event.id, (known) => known.delete(event.key));
    case 'AppPasswordUsed':
      return changeAppPasswords(state, event.id, (known) => known.set(event.key, event.usedAt));
  }
}

function withPrincipal(state: DirectoryState, id: string, principal: KnownPrincipal): DirectoryState {
  return { ...state, principals: new Map(state.principals).set(id, principal) };
}

function hold(
  state: DirectoryState,
  names: { id: string; login?: string; addresses?: readonly string[] },
): DirectoryState {
  const holders = new Map(state.holders);
  for (const name of [names.login, ...(names.addresses ?? [])]) {
    if (name !== undefined) holders.set(signInName(name), names.id);
  }
  return { ...state, holders };
}

function release(state: DirectoryState, id: string): DirectoryState {
  const principals = new Map(state.principals);
  principals.delete(id);
  return { ...state, principals, holders: new Map([...state.holders].filter(([, holder]) => holder !== id)) };
}

function changeAppPasswords(
  state: DirectoryState,
  id: string,
  change: (known: Map<string, number | null>) => void,
): DirectoryState {
  const principal = state.principals.get(id);
  if (principal === undefined) return state;
  const appPasswords = new Map(principal.appPasswords);
  change(appPasswords);
  return withPrincipal(state, id, { ...principal, appPasswords });
}
