import { homeOf } from '@almanac/contracts';
import type { TrashPurgedChange, TrashPutChange } from '@almanac/ports';
import type { Database } from '../database.js';

/** What has been purged stays so when its deletion comes again. */
export function putTrash(database: Database, { stream, version, record }: TrashPutChange): void {
  database.run(
    'INSERT INTO trash VALUES (?, ?, ?, 1, ?) ON CONFLICT DO NOTHING',
    stream,
    version,
    homeOf(stream),
    JSON.stringify(record),
  );
}

export function purgeTrash(database: Database, { stream, deleted }: TrashPurgedChange): void {
  database.run("UPDATE trash SET live = 0, record = '' WHERE stream = ? AND version = ?", stream, deleted);
}
