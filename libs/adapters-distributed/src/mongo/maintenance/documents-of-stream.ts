import { collectionAddress, isOverlayStream, type StreamName, tenantsStream } from '@almanac/contracts';
import type { Collection, Filter } from 'mongodb';
import type { Group, ModelsOf } from '../generation.js';
import type { Table } from '../indexes.js';
import { collectionKey } from '../read-model-keys.js';
import { groupOf } from '../shown-versions.js';
import type { Row } from './compare-documents.js';

/** What one table shows of a stream. */
export interface Part {
  readonly table: Table;
  readonly filter: Filter<Row>;
  /** The ids are above the first and below the second of these, so that they are walked in their index. */
  readonly ids: readonly [string, string];
}

const pageSize = 50;
const afterAll = '\u{10FFFF}';

/** "0" follows "/" in ASCII, and "A" follows "@". */
const below = (stream: StreamName): readonly [string, string] => [`${stream}/`, `${stream}0`];

/** Every document that a stream's commits have made; the first part is the one that tells the stream's version. */
export function partsOf(stream: StreamName): readonly [Part, ...Part[]] {
  const own = { filter: { _id: stream as string }, ids: ['', afterAll] } as const;
  if (groupOf(stream) === 'calendars') {
    if (isOverlayStream(stream)) return [{ table: 'overlays', ...own }];
    if (collectionAddress(stream) === null) return [{ table: 'homes', ...own }];
    return [
      { table: 'collections', ...own, filter: collectionKey(stream) as Filter<Row> },
      { table: 'members', filter: { stream }, ids: below(stream) },
      { table: 'trash', filter: { stream }, ids: [`${stream}@`, `${stream}A`] },
    ];
  }
  if (groupOf(stream) === 'attachments') {
    return [
      { table: 'attachmentHomes', ...own },
      { table: 'attachments', filter: { stream }, ids: below(stream) },
    ];
  }
  const directory = { table: 'directories', ...own } as const;
  if (stream === tenantsStream) return [directory, { table: 'tenants', filter: {}, ids: ['', afterAll] }];
  return [directory, { table: 'principals', filter: { tenant: stream }, ids: below(stream) }];
}

export const tableOf = <G extends Group>(models: ModelsOf[G], table: Table): Collection<Row> =>
  (models as unknown as Record<Table, Collection<Row>>)[table];

/** In the order of their ids, page by page. */
export async function* documentsOf(collection: Collection<Row>, { filter, ids }: Part): AsyncGenerator<Row> {
  const [first, end] = ids;
  for (let after = first; ; ) {
    const page = await collection
      .find({ $and: [filter, { _id: { $gt: after, $lt: end } }] })
      .sort({ _id: 1 })
      .limit(pageSize)
      .toArray();
    yield* page;
    const last = page.at(-1);
    if (last === undefined) return;
    after = last._id;
  }
}

/** Those of these ids. */
export const filterOf = ({ filter }: Part, ids: readonly string[]): Filter<Row> => ({
  ...filter,
  _id: { $in: [...ids] },
});
