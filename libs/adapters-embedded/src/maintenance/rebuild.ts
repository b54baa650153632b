import type { Commit } from '@almanac/contracts';
import type { Database } from '../database.js';
import { readModelTables } from '../schema.js';
import { replay } from './replay.js';

/**
 * Throws the read models away and makes them again from the log (O1). Within the caller's transaction, so readers
 * see the old ones until it commits.
 * @returns how many commits were replayed.
 */
export async function rebuildReadModels(
  database: Database,
  project: (commits: readonly Commit[]) => Promise<void>,
): Promise<number> {
  for (const table of readModelTables) database.execute(`DELETE FROM ${table}`);
  let count = 0;
  for (const commits of replay(database)) {
    await project(commits);
    count += commits.length;
  }
  return count;
}
