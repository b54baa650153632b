import { once } from 'node:events';
import { MessageChannel, Worker } from 'node:worker_threads';
import {
  backUp,
  FileBlobStore,
  lockStore,
  openReader,
  SqliteAttachmentReader,
  SqliteChangeNotices,
  SqliteCollectionReader,
  SqliteMemberReader,
  SqlitePrincipalReader,
  SqliteTenantReader,
  SqliteTrashReader,
  ThreadCommandGateway,
  verifyReadModels,
} from '@almanac/adapters-embedded';
import type { BlobStore, ChangeNotices } from '@almanac/ports';
import { backUpFolder } from './back-up-folder.js';
import { blobsPath, storePath } from './data-folder.js';
import { projectAll } from './project-all.js';
import type { ServiceStore } from './service-store.js';

/** The open store as the rest of the process sees it: commands go to the writer's thread, reads are done here. */
export interface EmbeddedStore extends ServiceStore {
  readonly changes: ChangeNotices;
  /** Fulfilled when the store takes writes. @throws Unavailable */
  ready(): Promise<void>;
}

/** With what lies beside the store's file. */
export interface FolderStore extends EmbeddedStore {
  readonly blobs: BlobStore;
}

/**
 * Opens the store in a data folder for this process alone.
 * @param failed is called when the writer's thread ends by itself; nothing can be written any more then
 * @throws StoreInUse when another process has it
 */
export async function openStore(folder: string, failed: (error: Error) => void): Promise<FolderStore> {
  const lock = lockStore(folder);
  try {
    const store = await openStoreFile(storePath(folder), failed);
    const close = async (): Promise<void> => {
      await store.close();
      lock.release();
    };
    const blobs = new FileBlobStore(blobsPath(folder));
    return { ...store, blobs, backUp: (file) => backUpFolder(folder, file), close };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Opens a store that the caller has locked, or that nobody else knows of. */
export async function openStoreFile(path: string, failed: (error: Error) => void): Promise<EmbeddedStore> {
  const { port1: commits, port2 } = new MessageChannel();
  const workerData = { path, commits: port2 };
  const worker = new Worker(new URL('./writer-thread.js', import.meta.url), { workerData, transferList: [port2] });
  await once(worker, 'message');
  const gateway = new ThreadCommandGateway(worker);
  watch(worker, gateway, failed);
  const reader = openReader(path);
  return {
    gateway,
    collections: new SqliteCollectionReader(reader),
    members: new SqliteMemberReader(reader),
    trash: new SqliteTrashReader(reader),
    attachments: new SqliteAttachmentReader(reader),
    tenants: new SqliteTenantReader(reader),
    principals: new SqlitePrincipalReader(reader),
    changes: new SqliteChangeNotices(reader, commits),
    ready: () => gateway.call('ready'),
    settled: () => gateway.call('settled'),
    rebuild: () => gateway.call('rebuild'),
    verify: async () => verifyReadModels(reader, projectAll),
    backUp: (file) => backUp(path, file),
    close: async () => {
      worker.removeAllListeners('exit');
      commits.close();
      await gateway.call('close');
      gateway.close('the service is stopping');
      await worker.terminate();
      reader.close();
    },
  };
}

function watch(worker: Worker, gateway: ThreadCommandGateway, failed: (error: Error) => void): void {
  worker.on('error', (error: Error) => failed(error));
  worker.on('exit', (code) => {
    gateway.close('the writer has ended');
    failed(new Error(`the writer's thread ended with ${code}`));
  });
}
