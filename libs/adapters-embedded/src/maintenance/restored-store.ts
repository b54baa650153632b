import { copyFileSync, existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Database, foldLog, openReader, openScratch, openWriter } from '../database.js';
import { migrations } from '../schema.js';
import { isNoDatabase } from '../sqlite-error.js';
import { backUp } from './backup.js';
import { syncToDisk } from './sync-to-disk.js';

/** The file is not a whole backup of an Almanac store; the words say why. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}

const beside = ['-wal', '-shm', '-journal', '.partial'];

/** Removes a draft, and what an earlier crash has left of one. */
export function removeDraft(draft: string): void {
  for (const suffix of ['', ...beside]) rmSync(`${draft}${suffix}`, { force: true });
}

/**
 * Makes a store with the newest schema out of a backup.
 * @throws BackupFault when the file cannot be one
 */
export async function makeDraft(file: string, draft: string): Promise<void> {
  removeDraft(draft);
  demandBackup(file);
  await backUp(file, draft);
  openWriter(draft).close();
}

/**
 * Puts a draft that nobody has open in the place of the store, which stays beside it as `kept`. The caller holds the
 * store's lock. A crash leaves the one or the other under the store's name, whole.
 */
export function putInPlace(draft: string, store: string, kept: string): void {
  foldLog(draft);
  syncToDisk(draft);
  if (existsSync(store)) setAside(store, kept);
  renameSync(draft, store);
  syncToDisk(dirname(store));
}

/** None of the old store's log may be left: it would be taken for the new one's. */
function setAside(store: string, kept: string): void {
  for (const suffix of ['', ...beside]) rmSync(`${kept}${suffix}`, { force: true });
  try {
    foldLog(store);
  } catch (error) {
    if (!isNoDatabase(error)) throw error;
    if (existsSync(`${store}-wal`)) renameSync(`${store}-wal`, `${kept}-wal`);
  }
  for (const suffix of ['-wal', '-shm']) rmSync(`${store}${suffix}`, { force: true });
  try {
    linkSync(store, kept);
  } catch {
    copyFileSync(store, kept);
  }
}

function demandBackup(file: string): void {
  let database: Database | undefined;
  try {
    database = openReader(file);
    const [fault] = database.get('PRAGMA integrity_check') ?? [];
    if (fault !== 'ok') throw new Error(String(fault));
    demandSchema(database);
  } catch (error) {
    throw new BackupFault(`${file} is not a whole backup: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    database?.close();
  }
}

/** Every column that a store of the file's schema has must be there. */
function demandSchema(database: Database): void {
  const version = Number(database.get('PRAGMA user_version')?.[0]);
  if (version > migrations.length) throw new Error(`it was written by a newer Almanac (schema ${version})`);
  const scratch = openScratch(version);
  const held = columns(database);
  const missing = [...columns(scratch)].find((column) => !held.has(column));
  scratch.close();
  if (version < 1 || missing !== undefined) throw new Error(`it has no ${missing ?? 'schema of an Almanac store'}`);
}

const columns = (database: Database): ReadonlySet<string> =>
  new Set(
    database
      .all("SELECT t.name || '.' || c.name FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table'")
      .map(([name]) => String(name)),
  );
