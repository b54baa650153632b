import type { PrincipalRecord, TenantRecord } from '@almanac/contracts';
import {
  applyPrincipalChange,
  type DirectoryAdvancedChange,
  type PrincipalDroppedChange,
  type PrincipalPutChange,
  type TenantDroppedChange,
  type TenantPutChange,
} from '@almanac/ports';
import type { Database } from '../database.js';

export function advanceDirectory(database: Database, { stream, version }: DirectoryAdvancedChange): void {
  database.run(
    `INSERT INTO directories (stream, version) VALUES (?, ?)
     ON CONFLICT (stream) DO UPDATE SET version = excluded.version WHERE version < excluded.version`,
    stream,
    version,
  );
}

export function putTenant(database: Database, { id, version, changes }: TenantPutChange): void {
  const [known, live, before] = (database.get('SELECT version, live, record FROM tenants WHERE id = ?', id) ?? [
    0,
    0,
    '{}',
  ]) as [number, number, string];
  if (known >= version) return;
  const record: TenantRecord = { ...(live === 1 ? JSON.parse(before) : {}), ...changes, id, version };
  database.run(
    'INSERT OR REPLACE INTO tenants (id, version, live, record) VALUES (?, ?, 1, ?)',
    id,
    version,
    JSON.stringify(record),
  );
  nameTenant(database, record);
}

export function dropTenant(database: Database, { id, version }: TenantDroppedChange): void {
  const dropped = database.run(
    "UPDATE tenants SET version = ?2, live = 0, record = '{}' WHERE id = ?1 AND version < ?2",
    id,
    version,
  );
  if (dropped > 0) database.run('DELETE FROM tenant_names WHERE tenant = ?', id);
}

function nameTenant(database: Database, { id, hosts, domains }: TenantRecord): void {
  database.run('DELETE FROM tenant_names WHERE tenant = ?', id);
  const add = 'INSERT OR REPLACE INTO tenant_names (kind, name, tenant) VALUES (?, ?, ?)';
  for (const host of hosts) database.run(add, 'host', host.toLowerCase(), id);
  for (const domain of domains) database.run(add, 'domain', domain.toLowerCase(), id);
}

export function putPrincipal(database: Database, change: PrincipalPutChange): void {
  const { tenant, id, version } = change;
  const row = database.get('SELECT version, live, record FROM principals WHERE tenant = ? AND id = ?', tenant, id);
  const [known, live, before] = (row ?? [0, 0, '{}']) as [number, number, string];
  if (known >= version) return;
  const record = applyPrincipalChange(live === 1 ? JSON.parse(before) : null, change);
  database.run(
    'INSERT OR REPLACE INTO principals (tenant, id, kind, version, live, record) VALUES (?, ?, ?, ?, 1, ?)',
    tenant,
    id,
    record.kind,
    version,
    JSON.stringify(record),
  );
  indexPrincipal(database, record);
}

export function dropPrincipal(database: Database, change: PrincipalDroppedChange): void {
  const { tenant, id, version } = change;
  const dropped = database.run(
    "UPDATE principals SET version = ?3, live = 0, record = '{}' WHERE tenant = ?1 AND id = ?2 AND version < ?3",
    tenant,
    id,
    version,
  );
  if (dropped === 0) return;
  clearIndex(database, { tenant, id });
  leaveGroups(database, change);
}

/** Whoever gets the id next is in none of them. */
function leaveGroups(database: Database, { tenant, id, version }: PrincipalDroppedChange): void {
  const groups = database.all(
    'SELECT record FROM group_members JOIN principals USING (tenant, id) WHERE tenant = ? AND member = ? AND live = 1',
    tenant,
    id,
  );
  for (const [json] of groups) {
    const before = JSON.parse(String(json)) as PrincipalRecord;
    const record = { ...before, members: (before.members ?? []).filter((member) => member !== id), version };
    const update = 'UPDATE principals SET version = ?, record = ? WHERE tenant = ? AND id = ?';
    database.run(update, version, JSON.stringify(record), tenant, before.id);
  }
  database.run('DELETE FROM group_members WHERE tenant = ? AND member = ?', tenant, id);
}

function clearIndex(database: Database, { tenant, id }: { tenant: string; id: string }): void {
  database.run('DELETE FROM principal_names WHERE tenant = ? AND id = ?', tenant, id);
  database.run('DELETE FROM group_members WHERE tenant = ? AND id = ?', tenant, id);
}

function indexPrincipal(database: Database, { tenant, id, login, addresses, members = [] }: PrincipalRecord): void {
  clearIndex(database, { tenant, id });
  for (const name of login === undefined ? addresses : [login, ...addresses]) {
    const add = 'INSERT OR REPLACE INTO principal_names (tenant, name, id) VALUES (?, ?, ?)';
    database.run(add, tenant, name.toLowerCase(), id);
  }
  for (const member of members) {
    database.run('INSERT OR REPLACE INTO group_members (tenant, member, id) VALUES (?, ?, ?)', tenant, member, id);
  }
}
