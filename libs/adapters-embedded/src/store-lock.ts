import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreFault } from './database.js';
import { isBusy, isNoDatabase } from './sqlite-error.js';

/** Somebody else has the store open for writing. */
export class StoreInUse extends Error {
  override readonly name = 'StoreInUse';
}

export interface StoreLock {
  release(): void;
}

/**
 * Takes the data folder for this process alone. The lock is SQLite's own on a file beside the store, so the
 * operating system drops it with the process, however that ends.
 * @throws StoreInUse when another process holds it; StoreFault when the folder cannot be one.
 */
export function lockStore(folder: string): StoreLock {
  makeFolder(folder);
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (isNoDatabase(error)) throw new StoreFault(`${join(folder, 'lock.sqlite')} is no lock of Almanac; remove it`);
    if (!isBusy(error)) throw error;
    throw new StoreInUse(`the data folder ${folder} is in use by a running Almanac; stop that one, or choose another`);
  }
  return { release: () => lock.close() };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new StoreFault(`the data folder ${folder} is a file, or is within one; choose another`, { cause: error });
  }
}
