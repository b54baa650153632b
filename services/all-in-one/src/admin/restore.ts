import { randomBytes, randomUUID } from 'node:crypto';
import { lockStore, putBack } from '@almanac/adapters-embedded';
import { commandId, type StreamName, streamName, tenantId } from '@almanac/contracts';
import { storePath } from '../store/data-folder.js';
import { type EmbeddedStore, openStore } from '../store/embedded-store.js';

/**
 * Puts a backup in the place of a data folder's store, and gives every collection a new epoch: what was written after the
 * backup used the same versions for other contents (design 2).
 * @returns how many collections there are
 * @throws StoreInUse while a service runs; BackupFault, and the store stays, when the file is no backup
 */
export async function restore(folder: string, file: string): Promise<number> {
  const lock = lockStore(folder);
  try {
    await putBack(file, storePath(folder));
  } finally {
    lock.release();
  }
  const store = await openStore(folder, (error) => {
    throw error;
  });
  try {
    const streams = await collectionStreams(store);
    await Promise.all(streams.map((collection) => renewEpoch(store, collection)));
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
  const epoch = randomBytes(8).readBigUInt64BE().toString(36);
  const header = { commandId: commandId(randomUUID()), service: owner, stream, actor: 'restore', at: Date.now() };
  await gateway.execute({ ...header, notAfter: Number.MAX_SAFE_INTEGER, body: { type: 'RenewEpoch', epoch } });
}
