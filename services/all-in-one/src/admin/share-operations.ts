import { randomUUID } from 'node:crypto';
import {
  type CollectionCommandBody,
  type CollectionRecord,
  commandId,
  type Share,
  type ShareRight,
  streamName,
  tenantId,
} from '@almanac/contracts';
import { ProvisioningError } from '@almanac/service-directory';
import type { ServiceStore } from '../store/service-store.js';
import { collectionOf, type OfCollection } from './calendar-operations.js';
import type { Operation } from './operations.js';

const patience = 60_000;

async function change(store: ServiceStore, { owner, stream }: CollectionRecord, body: CollectionCommandBody) {
  const at = Date.now();
  const header = { commandId: commandId(randomUUID()), service: owner, actor: 'provisioning' } as const;
  const result = await store.gateway.execute({
    ...header,
    stream: streamName(stream),
    at,
    notAfter: at + patience,
    body,
  });
  if (result.kind === 'refused') throw new ProvisioningError(result.rejection.code, result.rejection.detail);
}

async function sharee(
  store: ServiceStore,
  { tenant }: CollectionRecord,
  id: string,
): Promise<Pick<Share, 'kind' | 'id'>> {
  const found = await store.principals.principal(tenantId(tenant), id);
  if (found !== null && found.kind !== 'resource') return { kind: found.kind, id };
  throw new ProvisioningError('principal-missing', `There is no user or group ${id} in the tenant ${tenant}.`);
}

async function add(store: ServiceStore, argument: OfCollection & { readonly to: string; readonly right: ShareRight }) {
  const collection = await collectionOf(store, argument);
  const { kind, id } = await sharee(store, collection, argument.to);
  await change(store, collection, { type: 'GrantShare', kind, id, right: argument.right });
  return { id, right: argument.right };
}

async function remove(store: ServiceStore, argument: OfCollection & { readonly from: string }) {
  const collection = await collectionOf(store, argument);
  await change(store, collection, { type: 'RevokeShare', id: argument.from });
  return { id: argument.from };
}

export const shareOperations: Readonly<Record<string, Operation>> = {
  'share-add': add,
  'share-list': async (store, argument: OfCollection) => (await collectionOf(store, argument)).shares,
  'share-remove': remove,
};
