import { directoryStream, homeOf, type StreamName, tenantId, tenantsStream } from '@almanac/contracts';
import {
  type CollectionLookup,
  type CollectionStateReader,
  type DirectoryLookup,
  type DirectoryStateReader,
  type LoadedCollection,
  type LoadedDirectory,
  type LoadedHome,
  type LoadedOverlay,
  type LoadedTenants,
  loadedOverlay,
} from '@almanac/ports';
import type { Database, Row } from '../database.js';

type LoadedMember = LoadedCollection['members'][number];
const collection = 'id, version, live, epoch, facts, members, size, shares, since, properties FROM collections';
const member = `name, uid, version, size, created_by, memory, instr(facts, '"managedIds"') > 0
  FROM members WHERE collection = ? AND live = 1`;

export class SqliteCollectionStateReader implements CollectionStateReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async collections(lookups: readonly CollectionLookup[]): Promise<readonly LoadedCollection[]> {
    return lookups.map((lookup) => this.#collection(lookup));
  }

  async homes(streams: readonly StreamName[]): Promise<readonly LoadedHome[]> {
    return streams.map((stream) => {
      const [version, live] = this.#database.get('SELECT version, live FROM homes WHERE stream = ?', stream) ?? [0, 0];
      return { stream, version: version as number, exists: live === 1 };
    });
  }

  #collection({ stream, names, uids, withProperties = false }: CollectionLookup): LoadedCollection {
    const usage = this.#usage(homeOf(stream));
    const row = this.#database.get(`SELECT ${collection} WHERE stream = ?`, stream);
    if (row === undefined) return { stream, version: 0, collection: null, members: [], usage };
    const [id, version, live, epoch, facts, count, octets, shares, since, properties] = row as [
      ...[number, number, number, string, string],
      ...[number, number, string, number, string],
    ];
    if (live === 0) return { stream, version, collection: null, members: [], usage };
    const members = [
      ...names.flatMap((name) => this.#member(`SELECT ${member} AND name = ?`, id, name)),
      ...uids.flatMap((uid) => this.#member(`SELECT ${member} AND uid = ?`, id, uid)),
    ];
    const own = { since, properties: withProperties ? JSON.parse(properties) : null, shares: JSON.parse(shares) };
    return { stream, version, collection: { epoch, ...JSON.parse(facts), ...own, count, octets }, members, usage };
  }

  async overlays(streams: readonly StreamName[]): Promise<readonly LoadedOverlay[]> {
    return streams.map((stream) => {
      const row = this.#database.get('SELECT record FROM overlays WHERE stream = ?', stream);
      return loadedOverlay(stream, row === undefined ? null : JSON.parse(String(row[0])));
    });
  }

  /** Attachments count to the quota as well (RFC 4331, RFC 8607). */
  #usage(home: string): LoadedCollection['usage'] {
    const sums = 'SELECT count(*), coalesce(sum(size), 0) FROM collections WHERE home = ? AND live = 1';
    const [collections, octets] = this.#database.get(sums, home) as [number, number];
    const attached = this.#database.get('SELECT used FROM attachment_homes WHERE stream = ?', `${home}/@attachments`);
    return { collections, octets: octets + Number(attached?.[0] ?? 0) };
  }

  #member(sql: string, collection: number, key: string): LoadedMember[] {
    const row = this.#database.get(sql, collection, key);
    if (row === undefined) return [];
    const [name, uid, version, size, createdBy, memory, attached] = row as [
      ...[string, string, number, number, string],
      ...[string | null, number],
    ];
    const known = { name, uid, version, size, createdBy, memory: memory === null ? null : JSON.parse(memory) };
    return [attached === 1 ? { ...known, attached: true } : known];
  }
}

export class SqliteDirectoryStateReader implements DirectoryStateReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async directory({ tenant, ids, names }: DirectoryLookup): Promise<LoadedDirectory> {
    return {
      version: this.#version(directoryStream(tenantId(tenant))),
      tenantExists: this.#database.get('SELECT 1 FROM tenants WHERE id = ? AND live = 1', tenant) !== undefined,
      principals: ids.flatMap((id) => {
        const row = this.#database.get(
          'SELECT record FROM principals WHERE tenant = ? AND id = ? AND live = 1',
          tenant,
          id,
        );
        return row === undefined ? [] : [knownPrincipal(row)];
      }),
      holders: names.flatMap((name) => {
        const row = this.#database.get('SELECT id FROM principal_names WHERE tenant = ? AND name = ?', tenant, name);
        return row === undefined ? [] : [{ name, id: row[0] as string }];
      }),
    };
  }

  async tenants(): Promise<LoadedTenants> {
    const tenants = this.#database
      .all('SELECT record FROM tenants WHERE live = 1')
      .map(([record]) => JSON.parse(String(record)));
    const inUse = this.#database.all(
      `SELECT id FROM tenants WHERE live = 1
       AND EXISTS (SELECT 1 FROM principals WHERE principals.tenant = tenants.id AND principals.live = 1)`,
    );
    return { version: this.#version(tenantsStream), tenants, inUse: inUse.map(([id]) => String(id)) };
  }

  #version(stream: StreamName): number {
    return Number(this.#database.get('SELECT version FROM directories WHERE stream = ?', stream)?.[0] ?? 0);
  }
}

function knownPrincipal([record]: Row): LoadedDirectory['principals'][number] {
  const { id, kind, appPasswords } = JSON.parse(String(record));
  return { id, kind, appPasswords };
}
