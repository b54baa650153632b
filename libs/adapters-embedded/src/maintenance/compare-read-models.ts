import type { Database, Row } from '../database.js';

export interface Difference {
  readonly table: string;
  /** Names the row: stream, member, tenant or principal. */
  readonly row: string;
  readonly fault: string;
}

/** Each read model as rows that begin with their name, without SQLite's own row ids, in the order of the names. */
const dumps: Readonly<Record<string, readonly string[]>> = {
  collections: [
    'version',
    'live',
    'epoch',
    'since',
    'members',
    'size',
    'created_at',
    'modified_at',
    'horizon',
    'facts',
    'properties',
    'shares',
  ],
  shares: ['1'],
  members: [
    'version',
    'live',
    'uid',
    'component',
    'size',
    'created_at',
    'modified_at',
    'reach',
    'starts',
    'ends',
    'properties',
    'facts',
    'occurrences',
    'data',
    'created_by',
    'memory',
  ],
  homes: ['version', 'live', 'default_calendar', 'default_tasks', 'properties'],
  overlays: ['home', 'version', 'record'],
  trash: ['home', 'live', 'record'],
  directories: ['version'],
  tenants: ['version', 'live', 'record'],
  tenant_names: ['tenant'],
  principals: ['kind', 'version', 'live', 'record'],
  principal_names: ['id'],
  group_members: ['1'],
  attachment_homes: ['tenant', 'version', 'used', 'kept', 'positions'],
  attachments: ['stream', 'version', 'live', 'digest', 'idle_since', 'record'],
  attachment_references: ['1'],
};

const names: Readonly<Record<string, string>> = {
  collections: 'stream',
  members: "(SELECT stream FROM collections WHERE collections.id = members.collection) || '/' || name",
  shares: "tenant || '/' || principal || ' ' || stream",
  homes: 'stream',
  overlays: 'stream',
  trash: "stream || '@' || version",
  directories: 'stream',
  tenants: 'id',
  tenant_names: "kind || ' ' || name",
  principals: "tenant || '/' || id",
  principal_names: "tenant || '/' || name",
  group_members: "tenant || '/' || id || ' ' || member",
  attachment_homes: 'stream',
  attachments: "tenant || '/' || managed_id",
  attachment_references: "collection || '/' || member || ' ' || tenant || '/' || managed_id",
};

/** Every difference between the read models of two stores, `expected` being what the log says. */
export function* compareReadModels(actual: Database, expected: Database): Generator<Difference> {
  for (const [table, columns] of Object.entries(dumps)) {
    const sql = `SELECT ${names[table]} AS row_name, ${columns.join(', ')} FROM ${table} ORDER BY row_name`;
    yield* compareRows({ table, columns }, actual.iterate(sql), expected.iterate(sql));
  }
}

interface Shape {
  readonly table: string;
  readonly columns: readonly string[];
}

function* compareRows(shape: Shape, actual: Iterator<Row>, expected: Iterator<Row>): Generator<Difference> {
  let left = next(actual);
  let right = next(expected);
  while (left !== null || right !== null) {
    const order = compareNames(left, right);
    if (order < 0) yield { table: shape.table, row: nameOf(left), fault: 'is there, but the log does not say so' };
    if (order > 0) yield { table: shape.table, row: nameOf(right), fault: 'is missing' };
    if (order === 0) yield* compareColumns(shape, left as Row, right as Row);
    if (order <= 0) left = next(actual);
    if (order >= 0) right = next(expected);
  }
}

const next = (rows: Iterator<Row>): Row | null => {
  const result = rows.next();
  return result.done ? null : result.value;
};

const nameOf = (row: Row | null): string => String(row?.[0]);

/** A side that has come to its end sorts last. SQLite orders text by its UTF-8 octets. */
function compareNames(left: Row | null, right: Row | null): number {
  if (left === null) return 1;
  if (right === null) return -1;
  return Buffer.compare(Buffer.from(nameOf(left)), Buffer.from(nameOf(right)));
}

function* compareColumns({ table, columns }: Shape, actual: Row, expected: Row): Generator<Difference> {
  for (const [index, column] of columns.entries()) {
    const [is, should] = [actual[index + 1], expected[index + 1]];
    if (!same(is, should))
      yield { table, row: nameOf(actual), fault: `${column} is ${shown(is)}, not ${shown(should)}` };
  }
}

const same = (left: unknown, right: unknown): boolean =>
  left instanceof Uint8Array && right instanceof Uint8Array ? Buffer.compare(left, right) === 0 : left === right;

const shown = (value: unknown): string =>
  value instanceof Uint8Array ? `${value.byteLength} octets` : JSON.stringify(value);
