import { randomUUID } from 'node:crypto';
import { lockStore, makeDraft, putInPlace, removeDraft } from '@almanac/adapters-embedded';
import { commandId, type StreamName, streamName, tenantId } from '@almanac/contracts';
import { newEpoch } from '@almanac/ports';
import { draftPath, replacedPath, storePath } from '../store/data-folder.js';
import { type EmbeddedStore, openStoreFile } from '../store/embedded-store.js';

/** So many commands are sent at a time; the writer keeps no more than some thousand waiting. */
const batchSize = 250;

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
    const count = await renewEpochs(draft);
    putInPlace(draft, storePath(folder), replacedPath(folder));
    return count;
  } finally {
    removeDraft(draft);
    lock.release();
  }
}

async function renewEpochs(draft: string): Promise<number> {
  const store = await openStoreFile(draft, (error) => {
    throw error;
  });
  try {
    const streams = await collectionStreams(store);
    for (let start = 0; start < streams.length; start += batchSize) {
      await Promise.all(streams.slice(start, start + batchSize).map((collection) => renewEpoch(store, collection)));
    }
    return streams.length;
  } finally {
    await store.close();
  }
}

interface OwnedStream {
  readonly stream: StreamName;
  readonly owner: 'calendar' | 'tasks';
}

async function collectionStreams({ tenants, principals, collections }: EmbeddedStore): Promise<readonly OwnedStream[]> {
  const streams: OwnedStream[] = [];
  for (const { id } of await tenants.tenants()) {
    for (const principal of await principals.principals(tenantId(id))) {
      for (const { stream, owner } of await collections.collectionsOf(streamName(`${id}/${principal.id}`))) {
        streams.push({ stream: streamName(stream), owner });
      }
    }
  }
  return streams;
}

async function renewEpoch({ gateway }: EmbeddedStore, { stream, owner }: OwnedStream): Promise<void> {
  const epoch = newEpoch();
  const header = { commandId: commandId(randomUUID()), service: owner, stream, actor: 'restore', at: Date.now() };
  const body = { type: 'RenewEpoch', epoch } as const;
  const result = await gateway.execute({ ...header, notAfter: Number.MAX_SAFE_INTEGER, body });
  if (result.kind !== 'accepted') throw new Error(`${stream} got no new epoch: ${result.rejection.detail}`);
}
