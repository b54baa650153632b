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

/** The document stays, so that older changes that come again find a newer version. */
export const dropCollection = ({ stream, version }: CollectionDroppedChange): readonly Operation[] => [
  {
    updateOne: {
      filter: { ...collectionKey(stream), version: { $lt: version } },
      update: { $set: { version, live: false, members: 0, size: 0, properties: '{}', shares: [] } },
    },
  },
];
