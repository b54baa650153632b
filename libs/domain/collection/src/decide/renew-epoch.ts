import { accept, type CollectionEvent, type Decision, type RenewEpoch, reject } from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';
import { collectionMissing } from '../rejections.js';

/** Part of `restore`: versions after the backup are used again, for other contents (design 2). */
export function renewEpoch(state: CollectionState, command: RenewEpoch): Decision<CollectionEvent> {
  if (state.collection === null) return reject(collectionMissing);
  return accept([{ type: 'EpochRenewed', schema: 1, epoch: command.epoch }], { epoch: command.epoch });
}
