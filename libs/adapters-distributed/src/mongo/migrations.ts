import type { Collection, Db } from 'mongodb';
import { createIndexes } from './collections.js';
import { createGeneration } from './generation.js';
import { createState } from './group-state.js';
import { outcomesCollection } from './mongo-outcome-log.js';

interface SchemaDocument {
  readonly _id: 'schema';
  /** How many of the migrations have been made. */
  readonly version: number;
}

const schemaCollection = (database: Db): Collection<SchemaDocument> => database.collection('schema');

/**
 * Entries are only ever added. Processes may make the same one at the same time, and older programs run beside it for a
 * while: each bears to be made twice, and only adds.
 */
const migrations: readonly ((database: Db) => Promise<void>)[] = [
  async (database) => {
    await createIndexes(database);
    for (const group of ['calendars', 'directory'] as const) {
      await createGeneration(database, group, 1);
      await createState(database, group);
    }
  },
  async (database) => {
    await outcomesCollection(database).createIndex({ until: 1 }, { expireAfterSeconds: 0 });
  },
  async (database) => {
    await createGeneration(database, 'attachments', 1);
    await createState(database, 'attachments');
  },
];

export async function migrate(database: Db): Promise<void> {
  const schema = schemaCollection(database);
  const made = (await schema.findOne({ _id: 'schema' }))?.version ?? 0;
  for (const [index, migration] of migrations.entries()) {
    if (index < made) continue;
    await migration(database);
    await schema.updateOne({ _id: 'schema' }, { $max: { version: index + 1 } }, { upsert: true });
  }
}
