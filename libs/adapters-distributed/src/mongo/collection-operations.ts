import { collectionAddress, homeStream, streamName } from '@almanac/contracts';
import {
  applyProperties,
  type CollectionAdvancedChange,
  type CollectionDroppedChange,
  type CollectionMadeChange,
} from '@almanac/ports';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { CollectionDocument } from './collections.js';

type Operation = AnyBulkWriteOperation<CollectionDocument>;

export function makeCollection({ record }: CollectionMadeChange): readonly Operation[] {
  const { stream, properties, ...facts } = record;
  const address = collectionAddress(streamName(stream));
  if (address === null) throw new Error(`${stream} is not a collection's stream`);
  const content = {
    ...facts,
    live: true,
    homeStream: homeStream(address.tenant, address.home),
    properties: applyProperties(null, properties, []),
  };
  return [
    {
      updateOne: {
        filter: { _id: stream },
        update: { $setOnInsert: { ...content, version: 0, live: false } },
        upsert: true,
      },
    },
    { updateOne: { filter: { _id: stream, version: { $lt: record.version } }, update: { $set: content } } },
  ];
}

/** @param properties the collection's properties after the change; undefined when it leaves them alone */
export function advanceCollection(
  change: CollectionAdvancedChange,
  properties: string | undefined,
): readonly Operation[] {
  const { stream, version, at, members, size, epoch } = change;
  const set = {
    version,
    modifiedAt: at,
    ...(epoch === undefined ? {} : { epoch }),
    ...(properties === undefined ? {} : { properties }),
  };
  return [
    {
      updateOne: { filter: { _id: stream, version: { $lt: version } }, update: { $set: set, $inc: { members, size } } },
    },
  ];
}

/** The document stays, so that older changes that come again find a newer version. */
export const dropCollection = ({ stream, version }: CollectionDroppedChange): readonly Operation[] => [
  {
    updateOne: {
      filter: { _id: stream, version: { $lt: version } },
      update: { $set: { version, live: false, members: 0, size: 0, properties: '{}' } },
    },
  },
];
