import type { StreamName } from '@almanac/contracts';
import type { Collection } from 'mongodb';
import type { Group } from '../generation.js';
import type { StoredCommit } from '../mongo-event-store.js';
import { groupOf } from '../shown-versions.js';

const pageSize = 500;

/** Every stream of a group, by its first commit: one step in the index for each. */
export async function* streamsOfLog(commits: Collection<StoredCommit>, group: Group): AsyncGenerator<StreamName> {
  for (let after = ''; ; ) {
    const page = await commits
      .find({ stream: { $gt: after as StreamName }, version: 1 }, { projection: { _id: 0, stream: 1 } })
      .sort({ stream: 1, version: 1 })
      .limit(pageSize)
      .toArray();
    for (const { stream } of page) {
      if (groupOf(stream) === group) yield stream;
    }
    const last = page.at(-1);
    if (last === undefined) return;
    after = last.stream;
  }
}
