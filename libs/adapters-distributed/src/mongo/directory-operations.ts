import type { TenantRecord } from '@almanac/contracts';
import {
  applyPrincipalChange,
  type DirectoryAdvancedChange,
  type PrincipalDroppedChange,
  type PrincipalPutChange,
  type TenantDroppedChange,
  type TenantPutChange,
} from '@almanac/ports';
import type { DirectoryModels } from './generation.js';
import { principalKey } from './read-model-keys.js';
import { replaceIfUnchanged } from './replace-if-unchanged.js';

export async function advanceDirectory(models: DirectoryModels, { stream, version }: DirectoryAdvancedChange) {
  await models.directories.updateOne({ _id: stream }, { $max: { version } }, { upsert: true });
}

export async function putTenant({ tenants }: DirectoryModels, { id, version, changes }: TenantPutChange) {
  await replaceIfUnchanged(tenants, { _id: id }, version, (before) => {
    const record = { ...(before?.live ? before.record : {}), ...changes, id, version } as TenantRecord;
    const names = [
      ...record.hosts.map((host) => `host:${host.toLowerCase()}`),
      ...record.domains.map((domain) => `domain:${domain.toLowerCase()}`),
    ];
    return { version, live: true, record, names };
  });
}

export async function dropTenant({ tenants }: DirectoryModels, { id, version }: TenantDroppedChange) {
  const gone = { version, live: false, record: null, names: [] };
  await tenants.updateOne({ _id: id, version: { $lt: version } }, { $set: gone });
}

export async function putPrincipal({ principals }: DirectoryModels, change: PrincipalPutChange) {
  const { tenant, id, version } = change;
  await replaceIfUnchanged(principals, principalKey(tenant, id), version, (before) => {
    const record = applyPrincipalChange(before?.live ? before.record : null, change);
    const { kind, login, addresses, members = [] } = record;
    const names = (login === undefined ? addresses : [login, ...addresses]).map((name) => name.toLowerCase());
    return { tenant, id, kind, version, live: true, record, names, members };
  });
}

export async function dropPrincipal({ principals }: DirectoryModels, change: PrincipalDroppedChange) {
  const { tenant, id, version } = change;
  const older = { $lt: version };
  // Whoever gets the id next is in none of its groups.
  await principals.updateMany(
    { tenant, members: id, version: older },
    { $pull: { members: id, 'record.members': id }, $set: { version, 'record.version': version } },
  );
  const gone = { version, live: false, record: null, names: [], members: [] };
  await principals.updateOne({ ...principalKey(tenant, id), version: older }, { $set: gone });
}
