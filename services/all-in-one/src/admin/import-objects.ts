import { createHash, randomUUID } from 'node:crypto';
import {
  attachmentsStream,
  type CollectionRecord,
  type Command,
  commandId,
  homeStream,
  limitsOf,
  principalId,
  streamName,
  type TenantLimits,
  tenantId,
} from '@almanac/contracts';
import {
  type CalendarObject,
  type CalendarObjectFacts,
  isCalendarFault,
  readCalendarObject,
  withoutManagedIds,
} from '@almanac/icalendar';
import { tenantOf } from '@almanac/service-directory';
import type { ServiceStore } from '../store/service-store.js';

export interface ImportedObject {
  readonly uid: string;
  readonly text: string;
}
interface Refusal {
  readonly uid: string;
  readonly reason: string;
}

/** What a collection and its home can still take. */
interface Room {
  members: number;
  octets: number;
}

interface Target {
  readonly store: ServiceStore;
  readonly collection: CollectionRecord;
  readonly limits: TenantLimits;
  readonly room: Room;
}

/** Puts objects into a collection, within the tenant's limits; one whose UID is there already takes that one's place. */
export async function importObjects(
  store: ServiceStore,
  collection: CollectionRecord,
  objects: readonly ImportedObject[],
): Promise<{ readonly imported: number; readonly refused: readonly Refusal[] }> {
  const limits = limitsOf(await tenantOf(store, collection.tenant));
  const target = { store, collection, limits, room: await roomFor(store, collection, limits) };
  const octets = objects.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const fits = objects.length <= target.room.members && octets <= target.room.octets;
  const results = fits
    ? await Promise.all(objects.map((object) => importObject(target, object)))
    : await importInTurn(target, objects);
  const refused = results.filter((result) => result !== null);
  return { imported: results.length - refused.length, refused };
}

async function roomFor(store: ServiceStore, collection: CollectionRecord, limits: TenantLimits): Promise<Room> {
  const home = homeStream(tenantId(collection.tenant), principalId(collection.home));
  const attachments = attachmentsStream(tenantId(collection.tenant), principalId(collection.home));
  const { used: ofAttachments } = await store.attachments.attachmentHome(attachments);
  const collections = await store.collections.collectionsOf(home);
  const used = collections.reduce((sum, { size }) => sum + size, ofAttachments);
  return { members: limits.maxMembers - collection.members, octets: Math.max(0, limits.quotaBytes - used) };
}

/** Where not all may fit, what one leaves is known before the next. */
async function importInTurn(target: Target, objects: readonly ImportedObject[]): Promise<(Refusal | null)[]> {
  const results: (Refusal | null)[] = [];
  for (const object of objects) results.push(await importObject(target, object));
  return results;
}

async function importObject(target: Target, { uid, text: sent }: ImportedObject): Promise<Refusal | null> {
  const { store, collection, limits, room } = target;
  const read = readCalendarObject(sent);
  if (isCalendarFault(read)) return { uid, reason: read.reason };
  const { text, facts } = await withOwnAttachments(target, sent, read);
  const stream = streamName(collection.stream);
  const size = Buffer.byteLength(text);
  const held = await store.members.nameByUid(stream, uid);
  const name = held ?? nameFor(uid);
  const before = await store.members.member(stream, name);
  const growth = { members: before === null ? 1 : 0, octets: size - (before?.size ?? 0) };
  const reason = limitPassed(limits, room, { size, ...growth });
  if (reason !== null) return { uid, reason };
  const result = await store.gateway.execute(putCommand(collection, { name, text, size, facts }));
  if (result.kind !== 'accepted') return { uid, reason: result.rejection.detail };
  room.members -= growth.members;
  room.octets -= growth.octets;
  return null;
}

/** Attachments that this home keeps are referred to; those of other servers become plain links. */
async function withOwnAttachments(
  { store, collection: { tenant, home } }: Target,
  sent: string,
  object: CalendarObject,
): Promise<{ readonly text: string; readonly facts: CalendarObjectFacts }> {
  const { managedIds = [], ...facts } = object.facts;
  if (managedIds.length === 0) return { text: sent, facts };
  const found = await store.attachments.attachments(tenantId(tenant), managedIds);
  const own = found.filter((record) => record.home === home).map(({ managedId }) => managedId);
  const text = withoutManagedIds(sent, object, (managedId) => own.includes(managedId));
  return { text, facts: own.length === 0 ? facts : { ...facts, managedIds: own } };
}

/** As for a PUT: what does not grow is always taken. */
function limitPassed(
  { maxResourceSize, maxMembers, quotaBytes }: TenantLimits,
  room: Room,
  { size, members, octets }: Room & { readonly size: number },
): string | null {
  if (size > maxResourceSize) return `it has ${size} octets; ${maxResourceSize} are allowed`;
  if (members > 0 && room.members <= 0) return `the collection is full; ${maxMembers} members are allowed`;
  if (octets > 0 && octets > room.octets)
    return `the storage of this account is full; its quota is ${quotaBytes} octets`;
  return null;
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
