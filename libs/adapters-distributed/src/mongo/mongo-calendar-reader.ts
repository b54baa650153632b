import {
  type CollectionRecord,
  type HomeRecord,
  homeOf,
  type MemberListing,
  type MemberRecord,
  type MemberTimes,
  type OverlayRecord,
  type StreamName,
  type TenantId,
} from '@almanac/contracts';
import {
  boundedReaches,
  type ChangesQuery,
  type CollectionReader,
  type MemberReader,
  type TimesQuery,
  unbounded,
  unpackOccurrences,
} from '@almanac/ports';
import type { Collection, Filter } from 'mongodb';
import { type CollectionDocument, type MemberDocument, propertiesFrom } from './collections.js';
import { GatheredReads } from './gathered-reads.js';
import type { CalendarModels } from './generation.js';
import { memberKey } from './read-model-keys.js';
import type { ReadModels } from './read-models.js';

export class MongoCollectionReader implements CollectionReader {
  readonly #models: ReadModels;
  readonly #collections: GatheredReads<CollectionRecord>;

  constructor(models: ReadModels) {
    this.#models = models;
    this.#collections = new GatheredReads((streams) => this.#collectionsNamed(streams));
  }

  /** Most requests look for theirs at once, clients' many at a time. */
  collection(stream: StreamName): Promise<CollectionRecord | null> {
    return this.#collections.find(stream);
  }

  async #collectionsNamed(streams: readonly string[]): Promise<ReadonlyMap<string, CollectionRecord>> {
    const found = await this.#read(({ collections }) => collections.find(livingCollections(streams)).toArray());
    return new Map(found.map((document) => [document._id, recordFrom(document)]));
  }

  async collectionsOf(home: StreamName): Promise<readonly CollectionRecord[]> {
    const living = { homeStream: home as string, live: true };
    const found = await this.#read(({ collections }) =>
      collections.find(living).sort({ createdAt: 1, owner: 1, _id: 1 }).toArray(),
    );
    return found.map(recordFrom);
  }

  async home(stream: StreamName): Promise<HomeRecord | null> {
    const found = await this.#read(({ homes }) => homes.findOne({ _id: stream, live: true }));
    if (found === null) return null;
    const [tenant = '', home = ''] = stream.split('/');
    const { version, defaultCalendar, defaultTasks, properties } = found;
    return { stream, tenant, home, version, defaultCalendar, defaultTasks, properties: propertiesFrom(properties) };
  }

  async sharedWith(tenant: TenantId, principals: readonly string[]): Promise<readonly CollectionRecord[]> {
    const shared = { tenant: tenant as string, 'shares.id': { $in: [...principals] } };
    const found = await this.#read(({ collections }) =>
      collections.find(shared).sort({ createdAt: 1, owner: 1, _id: 1 }).toArray(),
    );
    return found.map(recordFrom);
  }

  async overlay(stream: StreamName): Promise<OverlayRecord | null> {
    const found = await this.#read(({ overlays }) => overlays.findOne({ _id: stream as string }));
    return found === null ? null : JSON.parse(found.record);
  }

  async overlaysOf(home: StreamName): Promise<readonly OverlayRecord[]> {
    const own = { home: home as string };
    const found = await this.#read(({ overlays }) => overlays.find(own).sort({ _id: 1 }).toArray());
    return found.map(({ record }) => JSON.parse(record));
  }

  #read<R>(work: (models: CalendarModels) => Promise<R>): Promise<R> {
    return this.#models.read('calendars', work);
  }
}

/** By what they are sharded by, too (`read-model-keys.ts`). */
const livingCollections = (streams: readonly string[]): Filter<CollectionDocument> => ({
  _id: { $in: [...streams] },
  homeStream: { $in: [...new Set(streams.map(homeOf))] },
  live: true,
});

function recordFrom({
  _id,
  live: _live,
  homeStream: _home,
  properties,
  ...record
}: CollectionDocument): CollectionRecord {
  return { ...record, stream: _id, properties: propertiesFrom(properties) };
}

const nameAndVersion = { _id: 0, name: 1, version: 1 } as const;
const listing = { ...nameAndVersion, live: 1 } as const;

export class MongoMemberReader implements MemberReader {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  async member(stream: StreamName, name: string): Promise<MemberRecord | null> {
    const found = await this.#read((members) => members.findOne({ ...memberKey(stream, name), live: true }));
    return found === null ? null : memberFrom(found);
  }

  async membersByName(stream: StreamName, names: readonly string[]): Promise<readonly MemberRecord[]> {
    const wanted = { stream: stream as string, _id: { $in: names.map((name) => `${stream}/${name}`) }, live: true };
    return (await this.#read((members) => members.find(wanted).toArray())).map(memberFrom);
  }

  async nameByUid(stream: StreamName, uid: string): Promise<string | null> {
    const found = await this.#read((members) => members.findOne({ stream, uid }, { projection: { name: 1 } }));
    return found?.name ?? null;
  }

  list(stream: StreamName): Promise<readonly MemberListing[]> {
    const living = { stream: stream as string, live: true };
    // All of them live: what need not be sent and read is a third of the work.
    const found = this.#read((members) =>
      members.find(living).project<Omit<MemberListing, 'live'>>(nameAndVersion).sort({ version: 1 }).toArray(),
    );
    return found.then((members) => members.map(({ name, version }) => ({ name, version, live: true })));
  }

  changes(stream: StreamName, { after, upTo, limit }: ChangesQuery): Promise<readonly MemberListing[]> {
    const changed = { stream: stream as string, version: { $gt: after, $lte: upTo } };
    const most = Math.min(limit, 2_147_483_647);
    return this.#read((members) =>
      members.find(changed).project<MemberListing>(listing).sort({ version: 1 }).limit(most).toArray(),
    );
  }

  async times(stream: StreamName, query: TimesQuery): Promise<readonly MemberTimes[]> {
    const projection = { name: 1, version: 1, facts: 1, occurrences: 1 };
    const filter = timesFilter(stream, query);
    return (await this.#read((members) => members.find(filter, { projection }).toArray())).map(timesFrom);
  }

  #read<R>(work: (members: Collection<MemberDocument>) => Promise<R>): Promise<R> {
    return this.#models.read('calendars', ({ members }) => work(members));
  }
}

/** One range of the index for each class of duration; the open class is walked whole. The dead have no component. */
function timesFilter(stream: StreamName, { component, start, end }: TimesQuery): Filter<MemberDocument> {
  const [from, to] = [start ?? Number.MIN_SAFE_INTEGER, end ?? Number.MAX_SAFE_INTEGER];
  const bounded = boundedReaches.map(([reach, longest]) => ({
    reach,
    starts: { $gte: from - longest, $lte: to },
    ends: { $gte: from },
  }));
  const open = {
    reach: unbounded,
    $and: [{ $or: [{ starts: null }, { starts: { $lte: to } }] }, { $or: [{ ends: null }, { ends: { $gte: from } }] }],
  };
  return { stream, component, $or: [...bounded, open] };
}

function memberFrom(document: MemberDocument): MemberRecord {
  const { name, version, epoch, createdBy, uid, component, size, createdAt, modifiedAt, properties, data } = document;
  return {
    ...{ name, version, size, createdAt, modifiedAt },
    epoch: epoch ?? '',
    createdBy,
    uid: uid ?? '',
    component: component ?? '',
    properties: propertiesFrom(properties),
    data: data?.buffer ?? new Uint8Array(),
  };
}

function timesFrom({ name, version, facts, occurrences }: MemberDocument): MemberTimes {
  if (facts === null) throw new Error(`the live member ${name} has no facts`);
  return { name, version, facts, occurrences: occurrences === null ? null : unpackOccurrences(occurrences.buffer) };
}
