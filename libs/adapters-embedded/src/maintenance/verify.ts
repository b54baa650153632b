import type { Commit } from '@almanac/contracts';
import type { ReadModelWriter } from '@almanac/ports';
import { type Database, openScratch } from '../database.js';
import { SqliteReadModelWriter } from '../write/sqlite-read-model-writer.js';
import { compareReadModels, type Difference } from './compare-read-models.js';
import { replay } from './replay.js';

export interface Verification {
  readonly commits: number;
  readonly differences: readonly Difference[];
}

/**
 * Replays the log into a store of its own and compares every read model with it, all in one snapshot, so that
 * a service may go on writing beside it.
 */
export async function verifyReadModels(
  reader: Database,
  projectorFor: (writer: ReadModelWriter) => (commits: readonly Commit[]) => Promise<void>,
): Promise<Verification> {
  const scratch = openScratch();
  const project = projectorFor(new SqliteReadModelWriter(scratch));
  reader.execute('BEGIN');
  try {
    let commits = 0;
    for (const page of replay(reader)) {
      scratch.execute('BEGIN');
      await project(page);
      scratch.execute('COMMIT');
      commits += page.length;
    }
    return { commits, differences: [...compareReadModels(reader, scratch)] };
  } finally {
    reader.execute('COMMIT');
    scratch.close();
  }
}
