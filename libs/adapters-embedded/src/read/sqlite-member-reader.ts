import type { MemberListing, MemberRecord, MemberTimes, StreamName } from '@almanac/contracts';
import {
  boundedReaches,
  type ChangesQuery,
  type MemberReader,
  type TimesQuery,
  unbounded,
  unpackOccurrences,
} from '@almanac/ports';
import type { Database, Row } from '../database.js';

const record = `name, version, (SELECT epoch FROM collections WHERE stream = ?1), created_by, uid, component,
  size, created_at, modified_at, properties, data`;

const inCollection = 'collection = (SELECT id FROM collections WHERE stream = ?1)';

/** One range of the index for each class of duration; the open class is walked whole. */
const timesQuery = [
  ...boundedReaches.map(
    ([reach, longest]) => `reach = ${reach} AND starts <= ?3 AND starts >= ?2 - ${longest} AND ends >= ?2`,
  ),
  `reach = ${unbounded} AND (starts IS NULL OR starts <= ?3) AND (ends IS NULL OR ends >= ?2)`,
]
  .map(
    (condition) =>
      `SELECT name, version, facts, occurrences FROM members
       WHERE ${inCollection} AND live = 1 AND component = ?4 AND ${condition}`,
  )
  .join(' UNION ALL ');

export class SqliteMemberReader implements MemberReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async member(stream: StreamName, name: string): Promise<MemberRecord | null> {
    const row = this.#database.get(
      `SELECT ${record} FROM members WHERE ${inCollection} AND name = ?2 AND live = 1`,
      stream,
      name,
    );
    return row === undefined ? null : memberFrom(row);
  }

  async membersByName(stream: StreamName, names: readonly string[]): Promise<readonly MemberRecord[]> {
    return this.#database
      .all(
        `SELECT ${record} FROM json_each(?2) AS wanted CROSS JOIN members
         WHERE ${inCollection} AND name = wanted.value AND live = 1`,
        stream,
        JSON.stringify(names),
      )
      .map(memberFrom);
  }

  async nameByUid(stream: StreamName, uid: string): Promise<string | null> {
    const row = this.#database.get(
      `SELECT name FROM members WHERE ${inCollection} AND uid = ?2 AND live = 1`,
      stream,
      uid,
    );
    return row === undefined ? null : String(row[0]);
  }

  async list(stream: StreamName): Promise<readonly MemberListing[]> {
    return this.#database
      .all(
        `SELECT name, version, live FROM members INDEXED BY members_by_version
         WHERE ${inCollection} AND live = 1 ORDER BY version`,
        stream,
      )
      .map(listingFrom);
  }

  async changes(stream: StreamName, { after, upTo, limit }: ChangesQuery): Promise<readonly MemberListing[]> {
    return this.#database
      .all(
        `SELECT name, version, live FROM members INDEXED BY members_by_version
         WHERE ${inCollection} AND version > ?2 AND version <= ?3 ORDER BY version LIMIT ?4`,
        stream,
        after,
        upTo,
        limit,
      )
      .map(listingFrom);
  }

  async times(stream: StreamName, { component, start, end }: TimesQuery): Promise<readonly MemberTimes[]> {
    return this.#database
      .all(timesQuery, stream, start ?? Number.MIN_SAFE_INTEGER / 2, end ?? Number.MAX_SAFE_INTEGER, component)
      .map(timesFrom);
  }
}

function memberFrom(row: Row): MemberRecord {
  const [name, version, epoch, createdBy, uid, component, size, createdAt, modifiedAt, properties, data] = row as [
    string,
    number,
    string,
    string,
    string,
    string,
    number,
    number,
    number,
    string | null,
    Uint8Array,
  ];
  const parsed = properties === null ? {} : JSON.parse(properties);
  return { name, version, epoch, createdBy, uid, component, size, createdAt, modifiedAt, properties: parsed, data };
}

const listingFrom = ([name, version, live]: Row): MemberListing => ({
  name: name as string,
  version: version as number,
  live: live === 1,
});

const timesFrom = ([name, version, facts, occurrences]: Row): MemberTimes => ({
  name: name as string,
  version: version as number,
  facts: JSON.parse(facts as string),
  occurrences: occurrences === null ? null : unpackOccurrences(occurrences as Uint8Array),
});
