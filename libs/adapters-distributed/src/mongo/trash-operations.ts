import { homeOf } from '@almanac/contracts';
import type { TrashPurgedChange, TrashPutChange } from '@almanac/ports';
import type { Collection } from 'mongodb';
import type { TrashDocument } from './collections.js';

const keyOf = (stream: string, version: number) => ({ _id: `${stream}@${version}`, stream });

/** What has been purged stays so when its deletion comes again. */
export async function putTrash(trash: Collection<TrashDocument>, { stream, version, record }: TrashPutChange) {
  const content = { version, live: true, home: homeOf(stream), record: JSON.stringify(record) };
  await trash.updateOne(keyOf(stream, version), { $setOnInsert: content }, { upsert: true });
}

export async function purgeTrash(trash: Collection<TrashDocument>, { stream, deleted }: TrashPurgedChange) {
  await trash.updateOne(keyOf(stream, deleted), { $set: { live: false, record: '' } });
}
