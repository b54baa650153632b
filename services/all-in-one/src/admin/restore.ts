import {
  BackupFault,
  blobsBeside,
  blobsOf,
  copyBlobs,
  FileBlobStore,
  lockStore,
  makeDraft,
  putInPlace,
  removeDraft,
} from '@almanac/adapters-embedded';
import { blobsPath, draftPath, replacedPath, storePath } from '../store/data-folder.js';
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
    await takeBlobs(folder, file, draft);
    const count = await renewEpochsOf(draft);
    putInPlace(draft, storePath(folder), replacedPath(folder));
    return count;
  } finally {
    removeDraft(draft);
    lock.release();
  }
}

/** The contents of attachments come before the store that refers to them; those that are there already stay. */
async function takeBlobs(folder: string, file: string, draft: string): Promise<void> {
  const from = new FileBlobStore(blobsBeside(file));
  const missing = await copyBlobs(blobsOf(draft), from, new FileBlobStore(blobsPath(folder)));
  if (missing === 0) return;
  throw new BackupFault(
    `the contents of ${missing} attachments are missing; put the folder ${blobsBeside(file)} beside the backup`,
  );
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
