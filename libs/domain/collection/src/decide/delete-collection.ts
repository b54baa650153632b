import {
  accept,
  type CollectionEvent,
  type Decision,
  type DeleteCollection,
  type PurgeTrash,
  reject,
  type TrashedCollection,
} from '@almanac/contracts';
import type { CollectionState, LiveCollection } from '../collection-state.js';
import { changedMeanwhile, collectionMissing } from '../rejections.js';

/** DELETE of a collection, into the trash; the default folders stay (N3, RFC 6638 4.3). */
export function deleteCollection(state: CollectionState, command: DeleteCollection): Decision<CollectionEvent> {
  const { collection } = state;
  if (collection === null) return reject(collectionMissing);
  if (collection.role !== null && command.withHome === undefined) {
    return reject({
      code: 'default-calendar-needed',
      detail: 'This is a default folder, into which new appointments or tasks go; it cannot be deleted.',
    });
  }
  if (command.pinned !== undefined && command.pinned !== collection.version) {
    return reject(changedMeanwhile);
  }
  const deleted = { type: 'CollectionDeleted', schema: 1 } as const;
  if (command.withHome === true) return accept([deleted], { epoch: collection.epoch });
  return accept([{ ...deleted, trashed: trashedFrom(collection) }], { epoch: collection.epoch });
}

function trashedFrom({ owner, components, properties, count, since }: LiveCollection): TrashedCollection {
  return { owner, components, properties: properties ?? {}, members: count, since };
}

/** A deleted collection cannot be restored any more; whether anything is at its URL now does not matter. */
export const purgeTrash = ({ version }: PurgeTrash): Decision<CollectionEvent> =>
  accept([{ type: 'TrashPurged', schema: 1, version }]);
