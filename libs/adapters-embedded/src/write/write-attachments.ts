import type { AttachmentRecord } from '@almanac/contracts';
import {
  type AttachmentAddedChange,
  type AttachmentGoneChange,
  type AttachmentsAdvancedChange,
  type AttachmentUsesChange,
  applyAttachmentUses,
  applyPosition,
} from '@almanac/ports';
import type { Database } from '../database.js';

export function addAttachment(database: Database, { record }: AttachmentAddedChange): void {
  const { tenant, managedId, version } = record;
  const known = database.get(
    'SELECT version FROM attachments WHERE tenant = ? AND managed_id = ?',
    tenant,
    managedId,
  )?.[0];
  if (Number(known ?? 0) < version) putAttachment(database, record);
}

export function changeAttachmentUses(database: Database, change: AttachmentUsesChange): void {
  const { tenant, managedId, version } = change;
  const row = database.get(
    'SELECT record FROM attachments WHERE tenant = ? AND managed_id = ? AND live = 1 AND version < ?',
    tenant,
    managedId,
    version,
  );
  if (row === undefined) return;
  putAttachment(database, applyAttachmentUses(JSON.parse(String(row[0])) as AttachmentRecord, change));
}

function putAttachment(database: Database, record: AttachmentRecord): void {
  const { tenant, managedId, stream, version, digest, idleSince, references } = record;
  database.run(
    `INSERT OR REPLACE INTO attachments (tenant, managed_id, stream, version, live, digest, idle_since, record)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?)`,
    tenant,
    managedId,
    stream,
    version,
    digest,
    idleSince,
    JSON.stringify(record),
  );
  clearReferences(database, record);
  for (const holder of references) {
    const add = 'INSERT INTO attachment_references (collection, member, tenant, managed_id) VALUES (?, ?, ?, ?)';
    database.run(add, holder.stream, holder.name, tenant, managedId);
  }
}

function clearReferences(database: Database, { tenant, managedId }: Pick<AttachmentRecord, 'tenant' | 'managedId'>) {
  database.run('DELETE FROM attachment_references WHERE tenant = ? AND managed_id = ?', tenant, managedId);
}

/** The row stays, so that older changes that come again find a newer version. */
export function dropAttachment(database: Database, change: AttachmentGoneChange): void {
  const { tenant, managedId, version } = change;
  const dropped = database.run(
    `UPDATE attachments SET version = ?3, live = 0, digest = NULL, idle_since = NULL, record = NULL
     WHERE tenant = ?1 AND managed_id = ?2 AND version < ?3`,
    tenant,
    managedId,
    version,
  );
  if (dropped > 0) clearReferences(database, change);
}

export function advanceAttachments(database: Database, change: AttachmentsAdvancedChange): void {
  const { stream, version, tenant, used, kept, position } = change;
  const row = database.get('SELECT version, used, kept, positions FROM attachment_homes WHERE stream = ?', stream);
  const [known, usedBefore, keptBefore, positions] = (row ?? [0, 0, 0, '{}']) as [number, number, number, string];
  if (known >= version) return;
  database.run(
    'INSERT OR REPLACE INTO attachment_homes (stream, tenant, version, used, kept, positions) VALUES (?, ?, ?, ?, ?, ?)',
    stream,
    tenant,
    version,
    usedBefore + used,
    keptBefore + kept,
    applyPosition(positions, position),
  );
}
