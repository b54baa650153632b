import { lockStore, makeDraft, putInPlace, removeDraft } from '@almanac/adapters-embedded';
import { draftPath, replacedPath, storePath } from '../store/data-folder.js';
import { openStoreFile } from '../store/embedded-store.js';
import { renewEpochs } from './renew-epochs.js';

/**
 * Puts a backup in the place of a data folder's store, in which every collection has a new epoch: what was written after
 * the backup used the same versions for other contents (design 2). All is made ready in a draft; a crash leaves the old
 * store or the whole new one. The old one stays beside it.
 * @returns how many collections there are
 * @throws StoreInUse while a service runs; BackupFault, and the store stays, when the file is no backup
 */
export async function restore(folder: string, file: string): Promise<number> {
  const lock = lockStore(folder);
  const draft = draftPath(folder);
  try {
    await makeDraft(file, draft);
    const count = await renewEpochsOf(draft);
    putInPlace(draft, storePath(folder), replacedPath(folder));
    return count;
  } finally {
    removeDraft(draft);
    lock.release();
  }
}

async function renewEpochsOf(draft: string): Promise<number> {
  const store = await openStoreFile(draft, (error) => {
    throw error;
  });
  try {
    return await renewEpochs(store);
  } finally {
    await store.close();
  }
}
