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

/**
 * Opens the one connection that writes, and brings the file to the newest schema.
 * An acknowledged commit is on disk: WAL with synchronous=FULL (design 4).
 */
export function openWriter(path: string): Database {
  const database = new Database(new DatabaseSync(path));
  database.execute('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384;');
  migrate(database);
  return database;
}

export function openReader(path: string): Database {
  const database = new Database(new DatabaseSync(path, { readOnly: true }));
  database.execute('PRAGMA cache_size = -32768;');
  return database;
}

/** A store of its own in memory, for tests and for `verify`. */
export function openScratch(): Database {
  const database = new Database(new DatabaseSync(':memory:'));
  migrate(database);
  return database;
}

function migrate(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.[0]);
  if (version > migrations.length) {
    throw new Error(`the data was written by a newer Almanac (schema ${version}); start that one`);
  }
  for (const [index, sql] of migrations.slice(version).entries()) {
    database.execute(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${version + index + 1}; COMMIT`);
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
