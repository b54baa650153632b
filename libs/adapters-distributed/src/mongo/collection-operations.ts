import {
  applyProperties,
  type CollectionAdvancedChange,
  type CollectionDroppedChange,
  type CollectionMadeChange,
} from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { CollectionDocument } from './collections.js';
import { collectionKey } from './read-model-keys.js';

type Operation = AnyBulkWriteOperation<CollectionDocument>;

export function makeCollection({ record }: CollectionMadeChange): readonly Operation[] {
  const { stream, properties, ...facts } = record;
  const content = { ...facts, live: true, properties: applyProperties(null, properties, []) };
  const key = collectionKey(stream);
  return [
    {
      updateOne: { filter: key, update: { $setOnInsert: { ...content, version: 0, live: false } }, upsert: true },
    },
    { updateOne: { filter: { ...key, version: { $lt: record.version } }, update: { $set: content } } },
  ];
}

/** @param properties the collection's properties after the change; undefined when it leaves them alone */
export function advanceCollection(
  change: CollectionAdvancedChange,
  properties: string | undefined,
): readonly Operation[] {
  const { stream, version, at, members, size, epoch, settings, shared, unshared } = change;
  const older = { ...collectionKey(stream), version: { $lt: version } };
  const without = shared?.id ?? unshared;
  const set = {
    version,
    modifiedAt: at,
    ...(epoch === undefined ? {} : { epoch }),
    ...(properties === undefined ? {} : { properties }),
    ...settings,
  };
  return [
    ...(without === undefined
      ? []
      : [{ updateOne: { filter: older, update: { $pull: { shares: { id: without } } } } } as const]),
    {
      updateOne: {
        filter: older,
        update: {
          $set: set,
          $inc: { members, size },
          ...(shared === undefined ? {} : { $push: { shares: shared } }),
        },
      },
    },
  ];
}

/** Whether all that a change says is said by sums and by the last of several. */
export const isPlain = ({ set, settings, shared, unshared }: CollectionAdvancedChange): boolean =>
  set === undefined && settings === undefined && shared === undefined && unshared === undefined;

/** Plain changes of one collection, in their order, as one. */
export function summed(changes: readonly CollectionAdvancedChange[]): readonly Operation[] {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return [];
  const epoch = changes.findLast((change) => change.epoch !== undefined)?.epoch;
  const [members, size] = [sumOf(changes, ({ members: each }) => each), sumOf(changes, ({ size: each }) => each)];
  const set = { version: last.version, modifiedAt: last.at, ...(epoch === undefined ? {} : { epoch }) };
  const filter = { ...collectionKey(first.stream), version: { $lt: first.version } };
  return [{ updateOne: { filter, update: { $set: set, $inc: { members, size } } } }];
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number): number =>
  items.reduce((sum, item) => sum + of(item), 0);

/** The document stays, so that older changes that come again find a newer version. */
export const dropCollection = ({ stream, version }: CollectionDroppedChange): readonly Operation[] => [
  {
    updateOne: {
      filter: { ...collectionKey(stream), version: { $lt: version } },
      update: { $set: { version, live: false, members: 0, size: 0, properties: '{}', shares: [] } },
    },
  },
];
