import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { backup } from 'node:sqlite';
import { type Database, openReader, openWriter } from '../database.js';

/** The file is not a whole backup of an Almanac store; the words say why. */
export class BackupFault extends Error {
  override readonly name = 'BackupFault';
}

/** Copies the store, as it is at one moment, into one file; a service may go on writing. The file is on disk when done. */
export async function backUp(source: Database, file: string): Promise<void> {
  const partial = `${file}.partial`;
  rmSync(partial, { force: true });
  await backup(source.connection, partial);
  syncToDisk(partial);
  renameSync(partial, file);
  syncToDisk(dirname(file));
}

function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

/**
 * Puts a backup in the place of the store. The caller holds the store's lock and has nothing open.
 * @throws BackupFault when the file cannot be one; the store is then as it was.
 */
export async function putBack(file: string, store: string): Promise<void> {
  const source = openBackup(file);
  try {
    await backUp(source, `${store}.restored`);
  } finally {
    source.close();
  }
  foldLog(store);
  renameSync(`${store}.restored`, store);
  syncToDisk(dirname(store));
}

/**
 * Takes the write-ahead log of the store that gives way into its file, so that a crash between this and the next step
 * leaves that store whole, and none of its log is taken for the backup's.
 */
function foldLog(store: string): void {
  if (existsSync(store)) openWriter(store).close();
  for (const suffix of ['-wal', '-shm']) rmSync(`${store}${suffix}`, { force: true });
}

function openBackup(file: string): Database {
  let database: Database | undefined;
  try {
    database = openReader(file);
    const [fault] = database.get('PRAGMA integrity_check') ?? [];
    if (fault !== 'ok') throw new Error(String(fault));
    database.get('SELECT count(*) FROM commits');
    return database;
  } catch (error) {
    database?.close();
    throw new BackupFault(`${file} is not a whole backup: ${error instanceof Error ? error.message : String(error)}`);
  }
}
