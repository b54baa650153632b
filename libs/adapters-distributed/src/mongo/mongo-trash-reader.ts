import type { StreamName, TrashRecord } from '@almanac/contracts';
import type { TrashReader } from '@almanac/ports';
import type { ReadModels } from './read-models.js';

export class MongoTrashReader implements TrashReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  async trashOf(home: StreamName): Promise<readonly TrashRecord[]> {
    const own = { home: home as string, live: true };
    const found = await this.#models.read('calendars', ({ trash }) => trash.find(own).sort({ _id: 1 }).toArray());
    const records = found.map(({ record }) => JSON.parse(record) as TrashRecord);
    return records.toSorted((left, right) => right.deletedAt - left.deletedAt);
  }
}
