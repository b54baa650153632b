import { accept, type CollectionEvent, type Decision, type DeleteCollection, reject } from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { changedMeanwhile, collectionMissing } from '../rejections.js';

/** DELETE of a collection; the default folders stay (N3, RFC 6638 4.3). */
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
  return accept([{ type: 'CollectionDeleted', schema: 1 }], { epoch: collection.epoch });
}
