import { randomUUID } from 'node:crypto';
import { commandId, type StreamName, streamName, tenantId } from '@almanac/contracts';
import { newEpoch } from '@almanac/ports';
import type { ServiceStore } from '../store/service-store.js';

/** So many commands are sent at a time; no gateway keeps more than some thousand waiting. */
const batchSize = 250;

/**
 * Gives every collection a new epoch, after the log was put back to an earlier time: what was written after that time used
 * the same versions for other contents (design 2). Clients sync anew.
 * @returns how many collections there are
 */
export async function renewEpochs(store: ServiceStore): Promise<number> {
  const streams = await collectionStreams(store);
  for (let start = 0; start < streams.length; start += batchSize) {
    await Promise.all(streams.slice(start, start + batchSize).map((collection) => renewEpoch(store, collection)));
  }
  return streams.length;
}

interface OwnedStream {
  readonly stream: StreamName;
  readonly owner: 'calendar' | 'tasks';
}

async function collectionStreams({ tenants, principals, collections }: ServiceStore): Promise<readonly OwnedStream[]> {
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

async function renewEpoch({ gateway }: ServiceStore, { stream, owner }: OwnedStream): Promise<void> {
  const epoch = newEpoch();
  const header = { commandId: commandId(randomUUID()), service: owner, stream, actor: 'restore', at: Date.now() };
  const body = { type: 'RenewEpoch', epoch } as const;
  const result = await gateway.execute({ ...header, notAfter: Number.MAX_SAFE_INTEGER, body });
  if (result.kind !== 'accepted') throw new Error(`${stream} got no new epoch: ${result.rejection.detail}`);
}
