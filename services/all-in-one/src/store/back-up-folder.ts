import { backUp, blobsBeside, blobsOf, copyBlobs, FileBlobStore, pruneBlobs } from '@almanac/adapters-embedded';
import { blobsPath, storePath } from './data-folder.js';

/**
 * Copies the store into a file, and the contents of its attachments into the folder `<file>.blobs` beside it. These come
 * first, and what an older backup of that name has needed goes last: whichever file is there has all of its contents.
 */
export async function backUpFolder(folder: string, file: string): Promise<void> {
  const from = new FileBlobStore(blobsPath(folder));
  const to = new FileBlobStore(blobsBeside(file));
  await backUp(storePath(folder), file, async (copy) => {
    const missing = await copyBlobs(blobsOf(copy), from, to);
    if (missing > 0) throw new Error(`the contents of ${missing} attachments are missing in ${blobsPath(folder)}`);
  });
  await pruneBlobs(blobsBeside(file), blobsOf(file));
}
