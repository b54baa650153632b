import {
  applyProperties,
  type MemberGoneChange,
  type MemberPropertiesChange,
  type MemberPutChange,
  type MembersDroppedChange,
  packOccurrences,
  reachOf,
} from '@almanac/ports';
import type { Database } from '../database.js';

const collectionId = '(SELECT id FROM collections WHERE stream = ?)';

/** Done already where the collection shows this version: it is written after its members (design 3). */
export function putMember(database: Database, change: MemberPutChange): void {
  const { name, version, at, by, createdBy, memory, facts, occurrences, data } = change;
  const properties = change.properties === undefined ? null : applyProperties(null, change.properties, []);
  database.run(
    `INSERT INTO members (collection, name, version, live, uid, component, size, created_at, modified_at, reach,
       starts, ends, properties, facts, occurrences, data, created_by, memory)
     SELECT id, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16
     FROM collections WHERE stream = ?1 AND version < ?3
     ON CONFLICT (collection, name) DO UPDATE SET
       version = excluded.version, live = 1, uid = excluded.uid, component = excluded.component,
       size = excluded.size, created_at = iif(live = 1, created_at, excluded.created_at),
       created_by = iif(live = 1 AND ?17 IS NULL, created_by, excluded.created_by),
       modified_at = excluded.modified_at, reach = excluded.reach, starts = excluded.starts, ends = excluded.ends,
       properties = coalesce(excluded.properties, iif(live = 1, properties, NULL)),
       facts = excluded.facts, occurrences = excluded.occurrences, data = excluded.data,
       memory = excluded.memory
     WHERE version < excluded.version`,
    change.stream,
    name,
    version,
    facts.uid,
    facts.component,
    data.byteLength,
    at,
    reachOf(facts.start, facts.end),
    facts.start,
    facts.end,
    properties,
    JSON.stringify(facts),
    occurrences === null ? null : packOccurrences(occurrences),
    data,
    createdBy ?? by,
    memory === null ? null : JSON.stringify(memory),
    createdBy ?? null,
  );
}

/** What stays is a tombstone: the name and the version at which it went. */
export function buryMember(database: Database, { stream, name, version }: MemberGoneChange): void {
  database.run(
    `UPDATE members SET version = ?, live = 0, uid = NULL, component = NULL, size = 0, reach = NULL, starts = NULL,
       ends = NULL, properties = NULL, facts = NULL, occurrences = NULL, data = NULL, created_by = '',
       memory = NULL
     WHERE collection = ${collectionId} AND name = ? AND version < ?`,
    version,
    stream,
    name,
    version,
  );
}

/** The member's version is that of its content and stays; the collection's version guards the repetition. */
export function changeMemberProperties(database: Database, change: MemberPropertiesChange): void {
  const { stream, name, version, set, removed } = change;
  const row = database.get(
    `SELECT members.id, members.properties FROM members JOIN collections ON collections.id = members.collection
     WHERE stream = ? AND name = ? AND members.live = 1 AND collections.version < ?`,
    stream,
    name,
    version,
  );
  if (row === undefined) return;
  const [id, before] = row as [number, string | null];
  database.run('UPDATE members SET properties = ? WHERE id = ?', applyProperties(before, set, removed), id);
}

export function dropMembers(database: Database, { stream, version }: MembersDroppedChange): void {
  database.run(`DELETE FROM members WHERE collection = ${collectionId} AND version <= ?`, stream, version);
}
