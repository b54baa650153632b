import type { Commit, DomainEvent, PrincipalAdded } from '@almanac/contracts';
import type { PrincipalPutChange, ReadModelChange } from '@almanac/ports';

/** Read model `principals`. The stream of a tenant's directory is named by the tenant's id. */
export function principalsProjection(event: DomainEvent, commit: Commit): readonly ReadModelChange[] {
  const { stream: tenant, version, at } = commit;
  const change = (id: string, changes: PrincipalPutChange['changes'] = {}): PrincipalPutChange => ({
    kind: 'principal-put',
    tenant,
    id,
    version,
    changes,
  });
  switch (event.type) {
    case 'PrincipalAdded':
      return [change(event.id, { ...added(event), credentialVersion: version, appPasswords: [], createdAt: at })];
    case 'PrincipalChanged':
      return [change(event.id, event.changes)];
    case 'PrincipalRemoved':
      return [{ kind: 'principal-dropped', tenant, id: event.id, version }];
    case 'PasswordChanged':
      return [change(event.id, { passwordHash: event.passwordHash, credentialVersion: version })];
    case 'AppPasswordAdded': {
      const { key, label, hash } = event;
      return [{ ...change(event.id), appPasswordAdded: { key, label, hash, createdAt: at } }];
    }
    case 'AppPasswordRevoked':
      return [{ ...change(event.id, { credentialVersion: version }), appPasswordRevoked: event.key }];
    case 'AppPasswordUsed':
      return [{ ...change(event.id), appPasswordUsed: { key: event.key, usedAt: event.usedAt } }];
    case 'SessionsEnded':
      return [change(event.id, { credentialVersion: version })];
    default:
      return [];
  }
}

function added(event: PrincipalAdded) {
  const { kind, name, addresses, login, members, resourceKind, passwordHash, profile, rulesOff } = event;
  return {
    kind,
    name,
    addresses,
    ...(login === undefined ? {} : { login }),
    ...(members === undefined ? {} : { members }),
    ...(resourceKind === undefined ? {} : { resourceKind }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
    ...(profile === undefined ? {} : { profile }),
    ...(rulesOff === undefined ? {} : { rulesOff }),
  };
}
