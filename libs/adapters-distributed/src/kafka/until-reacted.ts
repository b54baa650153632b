import { setTimeout as delay } from 'node:timers/promises';
import type { ServiceName, StreamName } from '@almanac/contracts';
import type { FeedConsumer } from '@almanac/ports';
import type { Collection, Filter } from 'mongodb';
import type { FeedPosition } from '../mongo/collections.js';
import type { StoredCommit } from '../mongo/mongo-event-store.js';
import { FeedPositions } from './feed-positions.js';

export interface Reaction {
  readonly consumer: Pick<FeedConsumer, 'name' | 'types'>;
  /** Where the commits are: in these streams, or in all of these services'. */
  readonly among: { readonly streams: readonly StreamName[] } | { readonly services: readonly ServiceName[] };
  readonly isStopped?: () => boolean;
}

const poll = 25;

/** Fulfilled when a consumer of the feed has reacted to all that the log had for it at the time of the call. */
export async function untilReacted(
  { commits, positions: kept }: { commits: Collection<StoredCommit>; positions: Collection<FeedPosition> },
  { consumer, among, isStopped = () => false }: Reaction,
): Promise<void> {
  const place: Filter<StoredCommit> =
    'streams' in among ? { stream: { $in: [...among.streams] } } : { service: { $in: [...among.services] } };
  const found = commits.aggregate<{ _id: StreamName; version: number }>([
    { $match: { ...place, 'events.type': { $in: [...consumer.types] } } },
    { $group: { _id: '$stream', version: { $max: '$version' } } },
  ]);
  const newest = await found.toArray();
  const positions = new FeedPositions(kept, consumer.name);
  for (;;) {
    const reached = await positions.load(newest.map(({ _id }) => _id));
    if (isStopped() || newest.every(({ _id, version }) => (reached.get(_id) ?? 0) >= version)) return;
    await delay(poll);
  }
}
