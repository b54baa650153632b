import type { CollectionRecord, HomeRecord, OverlayRecord, StreamName, TenantId } from '@almanac/contracts';
import type { CollectionReader } from '@almanac/ports';
import type { Database, Row } from '../database.js';

const columns =
  'stream, version, epoch, since, members, size, created_at, modified_at, horizon, facts, properties, shares FROM collections';

export class SqliteCollectionReader implements CollectionReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async collection(stream: StreamName): Promise<CollectionRecord | null> {
    const row = this.#database.get(`SELECT ${columns} WHERE stream = ? AND live = 1`, stream);
    return row === undefined ? null : collectionFrom(row);
  }

  async collectionsOf(home: StreamName): Promise<readonly CollectionRecord[]> {
    return this.#database
      .all(`SELECT ${columns} WHERE home = ? AND live = 1 ORDER BY created_at, id`, home)
      .map(collectionFrom);
  }

  async home(stream: StreamName): Promise<HomeRecord | null> {
    const row = this.#database.get(
      'SELECT version, default_calendar, default_tasks, properties FROM homes WHERE stream = ? AND live = 1',
      stream,
    );
    if (row === undefined) return null;
    const [version, defaultCalendar, defaultTasks, properties] = row as [number, string, string, string];
    const [tenant = '', home = ''] = stream.split('/');
    return { stream, tenant, home, version, defaultCalendar, defaultTasks, properties: JSON.parse(properties) };
  }

  async sharedWith(tenant: TenantId, principals: readonly string[]): Promise<readonly CollectionRecord[]> {
    return this.#database
      .all(
        `SELECT ${columns} WHERE live = 1 AND stream IN (SELECT stream FROM shares
           WHERE tenant = ?1 AND principal IN (SELECT value FROM json_each(?2)))
         ORDER BY created_at, id`,
        tenant,
        JSON.stringify(principals),
      )
      .map(collectionFrom);
  }

  async overlay(stream: StreamName): Promise<OverlayRecord | null> {
    const row = this.#database.get('SELECT record FROM overlays WHERE stream = ?', stream);
    return row === undefined ? null : JSON.parse(String(row[0]));
  }

  async overlaysOf(home: StreamName): Promise<readonly OverlayRecord[]> {
    return this.#database
      .all('SELECT record FROM overlays WHERE home = ? ORDER BY stream', home)
      .map(([record]) => JSON.parse(String(record)));
  }
}

function collectionFrom(row: Row): CollectionRecord {
  const [stream, version, epoch, since, members, size, createdAt, modifiedAt, horizon, facts, properties, shares] =
    row as [string, number, string, number, number, number, number, number, number | null, string, string, string];
  const counts = { version, epoch, since, members, size, createdAt, modifiedAt, horizon };
  return { stream, ...counts, ...JSON.parse(facts), properties: JSON.parse(properties), shares: JSON.parse(shares) };
}
