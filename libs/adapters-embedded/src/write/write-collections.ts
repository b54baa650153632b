import {
  type CollectionRecord,
  collectionAddress,
  homeOf,
  homeStream,
  type ProfileSettings,
  type Share,
  streamName,
} from '@almanac/contracts';
import {
  applyOverlayChange,
  applyProperties,
  type CollectionAdvancedChange,
  type CollectionDroppedChange,
  type CollectionMadeChange,
  type HomeDroppedChange,
  type HomePutChange,
  type OverlayPutChange,
} from '@almanac/ports';
import type { Database } from '../database.js';

/** What of a record hardly ever changes during a life of the collection. */
function factsOf({ tenant, home, segment, owner, components, role, profile, rulesOff }: CollectionRecord): string {
  return JSON.stringify({ tenant, home, segment, owner, components, role, profile, rulesOff });
}

export function makeCollection(database: Database, { record }: CollectionMadeChange): void {
  const { stream, version, epoch, since, members, size, createdAt, modifiedAt, horizon, properties } = record;
  const address = collectionAddress(streamName(stream));
  if (address === null) throw new Error(`${stream} is not a collection's stream`);
  database.run(
    `INSERT INTO collections (stream, home, version, live, epoch, since, members, size, created_at, modified_at,
       horizon, facts, properties, shares)
     VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, '[]')
     ON CONFLICT (stream) DO UPDATE SET
       version = excluded.version, live = 1, epoch = excluded.epoch, since = excluded.since,
       members = excluded.members, size = excluded.size, created_at = excluded.created_at,
       modified_at = excluded.modified_at, horizon = excluded.horizon, facts = excluded.facts,
       properties = excluded.properties, shares = excluded.shares
     WHERE version < excluded.version`,
    stream,
    homeStream(address.tenant, address.home),
    version,
    epoch,
    since,
    members,
    size,
    createdAt,
    modifiedAt,
    horizon,
    factsOf(record),
    applyProperties(null, properties, []),
  );
}

export function advanceCollection(database: Database, change: CollectionAdvancedChange): void {
  const { stream, version, at, members, size, epoch } = change;
  const advanced = database.run(
    `UPDATE collections SET version = ?2, modified_at = ?3, members = members + ?4, size = size + ?5,
       epoch = coalesce(?6, epoch)
     WHERE stream = ?1 AND version < ?2`,
    stream,
    version,
    at,
    members,
    size,
    epoch ?? null,
  );
  if (advanced > 0 && change.set !== undefined) changeProperties(database, change);
  if (advanced > 0 && change.settings !== undefined) changeSettings(database, stream, change.settings);
  if (advanced > 0) changeShares(database, change);
}

function changeSettings(database: Database, stream: string, settings: ProfileSettings): void {
  const [facts] = database.get('SELECT facts FROM collections WHERE stream = ?', stream) as [string];
  const changed = factsOf({ ...JSON.parse(facts), ...settings });
  database.run('UPDATE collections SET facts = ? WHERE stream = ?', changed, stream);
}

function changeShares(database: Database, { stream, shared, unshared }: CollectionAdvancedChange): void {
  const id = shared?.id ?? unshared;
  if (id === undefined) return;
  const [tenant = ''] = stream.split('/');
  const [json] = database.get('SELECT shares FROM collections WHERE stream = ?', stream) as [string];
  const others = (JSON.parse(json) as Share[]).filter((share) => share.id !== id);
  const shares = shared === undefined ? others : [...others, shared];
  database.run('UPDATE collections SET shares = ? WHERE stream = ?', JSON.stringify(shares), stream);
  database.run('DELETE FROM shares WHERE tenant = ? AND principal = ? AND stream = ?', tenant, id, stream);
  if (shared !== undefined) database.run('INSERT INTO shares VALUES (?, ?, ?)', tenant, id, stream);
}

function changeProperties(database: Database, { stream, set = {}, removed = [] }: CollectionAdvancedChange): void {
  const before = database.get('SELECT properties FROM collections WHERE stream = ?', stream)?.[0] as string;
  database.run('UPDATE collections SET properties = ? WHERE stream = ?', applyProperties(before, set, removed), stream);
}

/** The row stays, so that older changes that come again find a newer version. */
export function dropCollection(database: Database, { stream, version }: CollectionDroppedChange): void {
  const dropped = database.run(
    `UPDATE collections SET version = ?2, live = 0, members = 0, size = 0, properties = '{}', shares = '[]'
     WHERE stream = ?1 AND version < ?2`,
    stream,
    version,
  );
  if (dropped > 0) database.run('DELETE FROM shares WHERE stream = ?', stream);
}

export function putOverlay(database: Database, change: OverlayPutChange): void {
  const { stream, version } = change;
  const row = database.get('SELECT version, record FROM overlays WHERE stream = ?', stream);
  const [known, record] = (row ?? [0, 'null']) as [number, string];
  if (known >= version) return;
  const changed = JSON.stringify(applyOverlayChange(JSON.parse(record), change));
  database.run('INSERT OR REPLACE INTO overlays VALUES (?, ?, ?, ?)', stream, homeOf(stream), version, changed);
}

export function putHome(database: Database, { record, folders, set, removed }: HomePutChange): void {
  const { stream, version } = record;
  const row = database.get(
    'SELECT version, default_calendar, default_tasks, properties FROM homes WHERE stream = ?',
    stream,
  );
  const [known, calendar, tasks, before] = (row ?? [0, '', '', null]) as [number, string, string, string | null];
  if (known >= version) return;
  database.run(
    'INSERT OR REPLACE INTO homes (stream, version, live, default_calendar, default_tasks, properties) VALUES (?, ?, 1, ?, ?, ?)',
    stream,
    version,
    folders?.defaultCalendar ?? calendar,
    folders?.defaultTasks ?? tasks,
    applyProperties(folders === undefined ? before : null, set, removed),
  );
}

export function dropHome(database: Database, { stream, version }: HomeDroppedChange): void {
  database.run(
    "UPDATE homes SET version = ?2, live = 0, properties = '{}' WHERE stream = ?1 AND version < ?2",
    stream,
    version,
  );
}
