import { createHash, randomUUID } from 'node:crypto';
import {
  type CollectionRecord,
  type Command,
  collectionStream,
  commandId,
  homeStream,
  limitsOf,
  principalId,
  segment,
  streamName,
  tenantId,
} from '@almanac/contracts';
import { type CalendarObjectFacts, isCalendarFault, joinCalendar, readCalendarObject } from '@almanac/icalendar';
import { ProvisioningError, principalOf, tenantOf } from '@almanac/service-directory';
import type { EmbeddedStore } from '../store/embedded-store.js';
import { chosenTenant } from './directory-operations.js';
import type { Operation } from './operations.js';

interface OfHome {
  readonly tenant?: string;
  readonly user: string;
}
interface OfCollection extends OfHome {
  readonly collection: string;
}

const displayName = ({ properties, segment: name }: CollectionRecord): string => {
  const value = properties['{DAV:}displayname'];
  return value !== undefined && 'text' in value ? value.text : name;
};

async function collections(store: EmbeddedStore, argument: OfHome) {
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

async function collectionOf(store: EmbeddedStore, argument: OfCollection): Promise<CollectionRecord> {
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

async function exportCollection(store: EmbeddedStore, argument: OfCollection): Promise<string> {
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

interface Refusal {
  readonly uid: string;
  readonly reason: string;
}

/** Puts objects into a collection; one whose UID is there already takes that one's place. */
async function importObjects(
  store: EmbeddedStore,
  argument: OfCollection & { readonly objects: readonly { readonly uid: string; readonly text: string }[] },
): Promise<{ readonly imported: number; readonly refused: readonly Refusal[] }> {
  const collection = await collectionOf(store, argument);
  const { maxResourceSize } = limitsOf(await tenantOf(store, collection.tenant));
  const results = await Promise.all(
    argument.objects.map((object) => importObject(store, collection, { ...object, maxResourceSize })),
  );
  const refused = results.filter((result) => result !== null);
  return { imported: results.length - refused.length, refused };
}

async function importObject(
  store: EmbeddedStore,
  collection: CollectionRecord,
  { uid, text, maxResourceSize }: { uid: string; text: string; maxResourceSize: number },
): Promise<Refusal | null> {
  const object = readCalendarObject(text);
  if (isCalendarFault(object)) return { uid, reason: object.reason };
  const size = Buffer.byteLength(text);
  if (size > maxResourceSize) return { uid, reason: `it has ${size} octets; ${maxResourceSize} are allowed` };
  const name = (await store.members.nameByUid(streamName(collection.stream), uid)) ?? nameFor(uid);
  const result = await store.gateway.execute(putCommand(collection, { name, text, size, facts: object.facts }));
  return result.kind === 'accepted' ? null : { uid, reason: result.rejection.detail };
}

/** The UID where it can stand in a URL as it is. */
const nameFor = (uid: string): string =>
  /^[A-Za-z0-9][\w.@-]{0,199}$/.test(uid) ? `${uid}.ics` : `${createHash('sha256').update(uid).digest('hex')}.ics`;

function putCommand(
  { stream, owner }: CollectionRecord,
  content: { name: string; text: string; size: number; facts: CalendarObjectFacts },
): Command {
  const at = Date.now();
  return {
    commandId: commandId(randomUUID()),
    service: owner,
    stream: streamName(stream),
    actor: 'import',
    at,
    notAfter: at + 60_000,
    body: { type: 'PutMember', condition: {}, ...content },
  };
}

export const calendarOperations: Readonly<Record<string, Operation>> = {
  collections,
  'export-collection': exportCollection,
  'import-objects': importObjects,
};
