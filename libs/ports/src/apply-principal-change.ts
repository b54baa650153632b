import type { PrincipalRecord } from '@almanac/contracts';
import type { PrincipalPutChange } from './read-model-changes.js';

/** The principal's record after a change; null before its first one. */
export function applyPrincipalChange(before: PrincipalRecord | null, change: PrincipalPutChange): PrincipalRecord {
  const { tenant, id, version, changes, appPasswordAdded: added, appPasswordRevoked: revoked } = change;
  const used = change.appPasswordUsed;
  const kept = (changes.appPasswords ?? before?.appPasswords ?? [])
    .filter(({ key }) => key !== revoked)
    .map((known) => (known.key === used?.key ? { ...known, usedAt: used.usedAt } : known));
  const appPasswords = added === undefined ? kept : [...kept, added];
  return { ...before, ...changes, appPasswords, tenant, id, version } as PrincipalRecord;
}
