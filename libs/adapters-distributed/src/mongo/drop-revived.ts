import { homeOf, streamName } from '@almanac/contracts';
import type { CollectionDocument } from './collections.js';
import type { CalendarModels } from './generation.js';

type Life = Pick<CollectionDocument, '_id' | 'version' | 'live' | 'since'>;

/**
 * A deleted collection's members leave nothing behind that an older put would meet: where one was believed dead, slept over
 * the deletion, and wakes up, it makes a member anew that is gone. Whoever finds that a collection has moved on looks whether it
 * has begun another life since, and takes out again what is of an earlier one.
 * @param puts by collection, the oldest version that a member was put at
 */
export async function dropRevived(
  { collections, members }: CalendarModels,
  puts: ReadonlyMap<string, number>,
): Promise<void> {
  if (puts.size === 0) return;
  const streams = [...puts.keys()];
  const own = { _id: { $in: streams }, homeStream: { $in: [...new Set(streams.map(homeStreamOf))] } };
  const lives = await collections.find(own).project<Life>({ version: 1, live: 1, since: 1 }).toArray();
  for (const life of lives) {
    const begun = beginOf(life);
    if ((puts.get(life._id) ?? begun) < begun) await members.deleteMany({ stream: life._id, version: { $lt: begun } });
  }
}

const homeStreamOf = (stream: string): string => homeOf(streamName(stream));

/** Members of earlier versions are of an earlier life; all that were ever put, where it is dead. */
const beginOf = ({ version, live, since }: Life): number => (live ? since : version + 1);
