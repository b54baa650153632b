import type { Collection, Db } from 'mongodb';
import type { Group } from './generation.js';

export type Revisions = Partial<Record<Group, number>>;

/** A process that reads or writes the read models; `_id` is its name. */
export interface InstanceDocument {
  readonly _id: string;
  /** By group: nothing that it still does rests on an older revision of the state. */
  readonly confirmed: Revisions;
  /** Rises while the process lives. */
  readonly beat: number;
}

export const instancesCollection = (database: Db): Collection<InstanceDocument> =>
  database.collection('read_model_instances');

/** One process's own entry. */
export class Registration {
  readonly #instances: Collection<InstanceDocument>;
  readonly #name: string;

  constructor(instances: Collection<InstanceDocument>, name: string) {
    this.#instances = instances;
    this.#name = name;
  }

  /** Shows that the process lives; it registers whoever is not, or was given up. */
  async beat(confirmed: Revisions): Promise<void> {
    await this.#instances.updateOne({ _id: this.#name }, { $inc: { beat: 1 }, $set: { confirmed } }, { upsert: true });
  }

  async leave(): Promise<void> {
    await this.#instances.deleteOne({ _id: this.#name });
  }
}
