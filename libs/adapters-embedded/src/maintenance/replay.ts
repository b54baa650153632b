import { type Commit, upcast } from '@almanac/contracts';
import type { Database } from '../database.js';

const pageSize = 500;

/** The whole log in the order of its transactions, page by page. */
export function* replay(database: Database): Generator<readonly Commit[]> {
  for (let after = 0; ; ) {
    const rows = database.all(
      'SELECT position, body FROM commits WHERE position > ? ORDER BY position LIMIT ?',
      after,
      pageSize,
    );
    if (rows.length === 0) return;
    yield rows.map(([, body]) => upcast(JSON.parse(String(body)) as Commit));
    after = Number(rows.at(-1)?.[0]);
  }
}
