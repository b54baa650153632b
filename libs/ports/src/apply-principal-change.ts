import type { PrincipalRecord } from '@almanac/contracts';
import type { PrincipalPutChange } from './read-model-changes.js';

/** The principal's record after a change; null before its first one. */
export function applyPrincipalChange(before: PrincipalRecord | null, change: PrincipalPutChange): PrincipalRecord {
  const { tenant, id, version, changes, appPasswordAdded: added, appPasswordRevoked: revoked } = change;
  const kept = (changes.appPasswords ?? before?.appPasswords ?? []).filter(({ key }) => key !== revoked);
  const appPasswords = added === undefined ? kept : [...kept, added];
  return { ...before, ...changes, appPasswords, tenant, id, version } as PrincipalRecord;
}
