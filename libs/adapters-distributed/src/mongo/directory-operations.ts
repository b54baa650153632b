import type { TenantRecord } from '@almanac/contracts';
import {
  applyPrincipalChange,
  type DirectoryAdvancedChange,
  type PrincipalDroppedChange,
  type PrincipalPutChange,
  type TenantDroppedChange,
  type TenantPutChange,
} from '@almanac/ports';
import type { ReadModelCollections } from './collections.js';

export async function advanceDirectory(models: ReadModelCollections, { stream, version }: DirectoryAdvancedChange) {
  await models.directories.updateOne({ _id: stream }, { $max: { version } }, { upsert: true });
}

export async function putTenant(models: ReadModelCollections, { id, version, changes }: TenantPutChange) {
  const before = await models.tenants.findOne({ _id: id });
  if (before !== null && before.version >= version) return;
  const record = { ...(before?.live ? before.record : {}), ...changes, id, version } as TenantRecord;
  const names = [
    ...record.hosts.map((host) => `host:${host.toLowerCase()}`),
    ...record.domains.map((domain) => `domain:${domain.toLowerCase()}`),
  ];
  await models.tenants.replaceOne({ _id: id }, { version, live: true, record, names }, { upsert: true });
}

export async function dropTenant(models: ReadModelCollections, { id, version }: TenantDroppedChange) {
  const gone = { version, live: false, record: null, names: [] };
  await models.tenants.updateOne({ _id: id, version: { $lt: version } }, { $set: gone });
}

export async function putPrincipal(models: ReadModelCollections, change: PrincipalPutChange) {
  const { tenant, id, version } = change;
  const _id = `${tenant}/${id}`;
  const before = await models.principals.findOne({ _id });
  if (before !== null && before.version >= version) return;
  const record = applyPrincipalChange(before?.live ? before.record : null, change);
  const { kind, login, addresses, members = [] } = record;
  const names = (login === undefined ? addresses : [login, ...addresses]).map((name) => name.toLowerCase());
  const document = { tenant, id, kind, version, live: true, record, names, members };
  await models.principals.replaceOne({ _id }, document, { upsert: true });
}

export async function dropPrincipal(models: ReadModelCollections, { tenant, id, version }: PrincipalDroppedChange) {
  const older = { $lt: version };
  // Whoever gets the id next is in none of its groups.
  await models.principals.updateMany(
    { tenant, members: id, version: older },
    { $pull: { members: id, 'record.members': id }, $set: { version, 'record.version': version } },
  );
  const gone = { version, live: false, record: null, names: [], members: [] };
  await models.principals.updateOne({ _id: `${tenant}/${id}`, version: older }, { $set: gone });
}
