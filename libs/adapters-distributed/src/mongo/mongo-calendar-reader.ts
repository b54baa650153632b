import type {
  CollectionRecord,
  HomeRecord,
  MemberListing,
  MemberRecord,
  MemberTimes,
  StreamName,
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
import type { Filter } from 'mongodb';
import {
  type CollectionDocument,
  type MemberDocument,
  propertiesFrom,
  type ReadModelCollections,
} from './collections.js';

export class MongoCollectionReader implements CollectionReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async collection(stream: StreamName): Promise<CollectionRecord | null> {
    const found = await this.#models.collections.findOne({ _id: stream, live: true });
    return found === null ? null : recordFrom(found);
  }

  async collectionsOf(home: StreamName): Promise<readonly CollectionRecord[]> {
    const found = this.#models.collections.find({ homeStream: home, live: true }).sort({ createdAt: 1, _id: 1 });
    return (await found.toArray()).map(recordFrom);
  }

  async home(stream: StreamName): Promise<HomeRecord | null> {
    const found = await this.#models.homes.findOne({ _id: stream, live: true });
    if (found === null) return null;
    const [tenant = '', home = ''] = stream.split('/');
    const { version, defaultCalendar, defaultTasks, properties } = found;
    return { stream, tenant, home, version, defaultCalendar, defaultTasks, properties: propertiesFrom(properties) };
  }
}

function recordFrom({
  _id,
  live: _live,
  homeStream: _home,
  properties,
  ...record
}: CollectionDocument): CollectionRecord {
  return { ...record, stream: _id, properties: propertiesFrom(properties) };
}

const listing = { _id: 0, name: 1, version: 1, live: 1 } as const;

export class MongoMemberReader implements MemberReader {
  readonly #models: ReadModelCollections;

  constructor(models: ReadModelCollections) {
    this.#models = models;
  }

  async member(stream: StreamName, name: string): Promise<MemberRecord | null> {
    const found = await this.#models.members.findOne({ _id: `${stream}/${name}`, live: true });
    return found === null ? null : memberFrom(found);
  }

  async membersByName(stream: StreamName, names: readonly string[]): Promise<readonly MemberRecord[]> {
    const ids = names.map((name) => `${stream}/${name}`);
    return (await this.#models.members.find({ _id: { $in: ids }, live: true }).toArray()).map(memberFrom);
  }

  async nameByUid(stream: StreamName, uid: string): Promise<string | null> {
    const found = await this.#models.members.findOne({ stream, uid, live: true }, { projection: { name: 1 } });
    return found?.name ?? null;
  }

  async list(stream: StreamName): Promise<readonly MemberListing[]> {
    const found = this.#models.members.find({ stream, live: true }).project<MemberListing>(listing);
    return found.sort({ version: 1 }).toArray();
  }

  async changes(stream: StreamName, { after, upTo, limit }: ChangesQuery): Promise<readonly MemberListing[]> {
    const found = this.#models.members.find({ stream, version: { $gt: after, $lte: upTo } });
    const most = Math.min(limit, 2_147_483_647);
    return found.project<MemberListing>(listing).sort({ version: 1 }).limit(most).toArray();
  }

  async times(stream: StreamName, query: TimesQuery): Promise<readonly MemberTimes[]> {
    const found = await this.#models.members
      .find(timesFilter(stream, query), { projection: { name: 1, version: 1, facts: 1, occurrences: 1 } })
      .toArray();
    return found.map(timesFrom);
  }
}

/** One range of the index for each class of duration; the open class is walked whole. */
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
  return { stream, live: true, component, $or: [...bounded, open] };
}

function memberFrom(document: MemberDocument): MemberRecord {
  const { name, version, uid, component, size, createdAt, modifiedAt, properties, data } = document;
  return {
    ...{ name, version, size, createdAt, modifiedAt },
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
