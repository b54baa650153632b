import { type StreamName, streamName, tenantsStream } from '@almanac/contracts';
import type { Collection } from 'mongodb';
import type { Group, ModelsOf } from '../generation.js';
import type { Table } from '../indexes.js';
import type { Row } from './compare-documents.js';
import { tableOf } from './documents-of-stream.js';

/** The field that names a document's stream, and the fields of an index that begins with it. */
const sources: Readonly<Record<Group, readonly (readonly [table: Table, field: string, ...rest: string[]])[]>> = {
  calendars: [
    ['collections', '_id'],
    ['members', 'stream', 'version'],
    ['homes', '_id'],
    ['overlays', '_id'],
  ],
  directory: [
    ['directories', '_id'],
    ['principals', 'tenant', 'live'],
  ],
  attachments: [
    ['attachmentHomes', '_id'],
    ['attachments', 'stream', 'managedId'],
  ],
};

/** Every stream of which there is any document, by one step in an index for each; a stream may come more than once. */
export async function* streamsShown<G extends Group>(group: G, models: ModelsOf[G]): AsyncGenerator<StreamName> {
  for (const [table, ...fields] of sources[group]) yield* distinct(tableOf(models, table), fields);
  if (group === 'directory' && (await tableOf(models, 'tenants').findOne({})) !== null) yield tenantsStream;
}

async function* distinct(collection: Collection<Row>, fields: readonly string[]): AsyncGenerator<StreamName> {
  const field = fields[0] ?? '_id';
  const sort = Object.fromEntries(fields.map((name) => [name, 1 as const]));
  for (let after = ''; ; ) {
    const next = await collection.findOne({ [field]: { $gt: after } }, { sort, projection: { [field]: 1 } });
    if (next === null) return;
    after = String(next[field]);
    yield streamName(after);
  }
}
