import {
  type CollectionRecord,
  collectionStream,
  homeStream,
  principalId,
  segment,
  streamName,
  tenantId,
} from '@almanac/contracts';
import { joinCalendar } from '@almanac/icalendar';
import { ProvisioningError, principalOf } from '@almanac/service-directory';
import type { ServiceStore } from '../store/service-store.js';
import { chosenTenant } from './directory-operations.js';
import { type ImportedObject, importObjects } from './import-objects.js';
import type { Operation } from './operations.js';

interface OfHome {
  readonly tenant?: string;
  readonly user: string;
}
export interface OfCollection extends OfHome {
  readonly collection: string;
}

const displayName = ({ properties, segment: name }: CollectionRecord): string => {
  const value = properties['{DAV:}displayname'];
  return value !== undefined && 'text' in value ? value.text : name;
};

async function collections(store: ServiceStore, argument: OfHome) {
  const tenant = tenantId(await chosenTenant(store, argument));
  await principalOf(store, tenant, { kind: 'user', id: argument.user });
  const found = await store.collections.collectionsOf(homeStream(tenant, principalId(argument.user)));
  return found.map((collection) => ({
    segment: collection.segment,
    name: displayName(collection),
    components: collection.components,
    members: collection.members,
  }));
}

/** @throws ProvisioningError where there is none */
export async function collectionOf(store: ServiceStore, argument: OfCollection): Promise<CollectionRecord> {
  const tenant = tenantId(await chosenTenant(store, argument));
  const stream = collectionStream(tenant, principalId(argument.user), segment(argument.collection));
  const found = await store.collections.collection(stream);
  if (found !== null) return found;
  throw new ProvisioningError(
    'collection-missing',
    `The user ${argument.user} has no collection ${argument.collection}.`,
  );
}

const pageSize = 500;

async function exportCollection(store: ServiceStore, argument: OfCollection): Promise<string> {
  const collection = await collectionOf(store, argument);
  const stream = streamName(collection.stream);
  const names = (await store.members.list(stream)).map(({ name }) => name);
  const texts: string[] = [];
  for (let start = 0; start < names.length; start += pageSize) {
    const page = await store.members.membersByName(stream, names.slice(start, start + pageSize));
    texts.push(...page.map(({ data }) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(data)));
  }
  return joinCalendar(texts, { name: displayName(collection) });
}

export const calendarOperations: Readonly<Record<string, Operation>> = {
  collections,
  'export-collection': exportCollection,
  'import-objects': async (store, argument: OfCollection & { readonly objects: readonly ImportedObject[] }) =>
    importObjects(store, await collectionOf(store, argument), argument.objects),
};
