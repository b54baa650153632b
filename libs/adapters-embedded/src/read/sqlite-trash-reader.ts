import type { StreamName, TrashRecord } from '@almanac/contracts';
import type { TrashReader } from '@almanac/ports';
import type { Database } from '../database.js';

export class SqliteTrashReader implements TrashReader {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async trashOf(home: StreamName): Promise<readonly TrashRecord[]> {
    const rows = this.#database.all('SELECT record FROM trash WHERE home = ? AND live = 1', home);
    const records = rows.map(([record]) => JSON.parse(String(record)) as TrashRecord);
    return records.toSorted((left, right) => right.deletedAt - left.deletedAt);
  }
}
