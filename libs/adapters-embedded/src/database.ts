import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { migrations } from './schema.js';

export type Row = readonly unknown[];

/** A connection that keeps its prepared statements; rows come as arrays, which SQLite hands out fastest. */
export class Database {
  readonly connection: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(connection: DatabaseSync) {
    this.connection = connection;
  }

  run(sql: string, ...values: SQLInputValue[]): number {
    return Number(this.#prepare(sql).run(...values).changes);
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values) as unknown as Row | undefined;
  }

  all(sql: string, ...values: SQLInputValue[]): readonly Row[] {
    return this.#prepare(sql).all(...values) as unknown as readonly Row[];
  }

  iterate(sql: string, ...values: SQLInputValue[]): IterableIterator<Row> {
    return this.#prepare(sql).iterate(...values) as unknown as IterableIterator<Row>;
  }

  execute(sql: string): void {
    this.connection.exec(sql);
  }

  close(): void {
    this.#statements.clear();
    this.connection.close();
  }

  #prepare(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (statement === undefined) {
      statement = this.connection.prepare(sql);
      statement.setReturnArrays(true);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/** The store cannot be opened as it is; the message says what is wrong with it. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
}

/** Somebody else's transaction, such as a program that looks at the file, is waited for so many milliseconds. */
const busyTimeout = 5_000;

/**
 * Opens the one connection that writes, and brings the file to the newest schema.
 * An acknowledged commit is on disk: WAL with synchronous=FULL (design 4).
 * @throws StoreFault for a file that is no store, or one of a newer Almanac
 */
export function openWriter(path: string): Database {
  const database = openOrExplain(path);
  try {
    migrate(database, migrations.length);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function openOrExplain(path: string): Database {
  try {
    const database = new Database(new DatabaseSync(path, { timeout: busyTimeout }));
    database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;');
    return database;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StoreFault(`the store ${path} cannot be opened: ${reason}`, { cause: error });
  }
}

export function openReader(path: string): Database {
  const database = new Database(new DatabaseSync(path, { readOnly: true }));
  database.execute('PRAGMA cache_size = -32768;');
  return database;
}

/** @throws StoreFault for a store that an older Almanac has left, and that was not opened since */
export function demandNewest(database: Database): void {
  if (Number(database.get('PRAGMA user_version')?.[0]) >= migrations.length) return;
  throw new StoreFault('the store was written by an older Almanac; start the service once, and ask again');
}

/** A store of its own in memory, for tests and for `verify`. @param schema an older one, to compare with */
export function openScratch(schema: number = migrations.length): Database {
  const database = new Database(new DatabaseSync(':memory:'));
  migrate(database, schema);
  return database;
}

function migrate(database: Database, schema: number): void {
  const version = Number(database.get('PRAGMA user_version')?.[0]);
  if (version > schema) {
    throw new StoreFault(`the data was written by a newer Almanac (schema ${version}); start that one`);
  }
  for (const [index, sql] of migrations.slice(version, schema).entries()) {
    database.execute(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${version + index + 1}; COMMIT`);
  }
}

/** Takes the write-ahead log of a store that nobody has open into its file. @throws when not all of it got there */
export function foldLog(path: string): void {
  const database = new DatabaseSync(path, { timeout: busyTimeout });
  try {
    const [folded] = database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all();
    if (Number(folded?.['busy']) !== 0) throw new StoreFault(`another program reads ${path}; end it first`);
  } finally {
    database.close();
  }
}

/** Runs `work` in one transaction; nothing of it stays when it fails. */
export async function inTransaction<Result>(database: Database, work: () => Promise<Result>): Promise<Result> {
  database.execute('BEGIN IMMEDIATE');
  try {
    const result = await work();
    database.execute('COMMIT');
    return result;
  } catch (error) {
    if (database.connection.isTransaction) database.execute('ROLLBACK');
    throw error;
  }
}
