import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

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
 * @throws StoreInUse when another process holds it.
 */
export function lockStore(folder: string): StoreLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('PRAGMA journal_mode = DELETE; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new StoreInUse(`the data folder ${folder} is in use by a running Almanac; stop that one, or choose another`);
  }
  return { release: () => lock.close() };
}

const isBusy = (error: unknown): boolean => error instanceof Error && /database is locked|busy/i.test(error.message);
