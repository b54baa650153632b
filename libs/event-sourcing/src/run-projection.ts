import type { Commit, DomainEvent, StreamName } from '@almanac/contracts';
import type { EventStore, ReadModelChange, ReadModelWriter } from '@almanac/ports';

/** Pure: the changes of one event, members before their collection (design 3). */
export type Projection = (event: DomainEvent, commit: Commit) => readonly ReadModelChange[];

/** Applies the projections to commits: one write to the read models for all of them. */
export function projector(
  projections: readonly Projection[],
  writer: ReadModelWriter,
): (commits: readonly Commit[]) => Promise<void> {
  return (commits) => writer.apply(commits.flatMap((commit) => changesOf(projections, commit)));
}

function changesOf(projections: readonly Projection[], commit: Commit): ReadModelChange[] {
  return projections.flatMap((projection) => commit.events.flatMap((event) => projection(event, commit)));
}

const pageSize = 500;

/** Projects a stream's whole log again; what the read models show already stays as it is. */
export async function projectStream(
  store: EventStore,
  project: (commits: readonly Commit[]) => Promise<void>,
  stream: StreamName,
): Promise<void> {
  for (let after = 0; ; ) {
    const commits = await store.read(stream, after, pageSize);
    await project(commits);
    const last = commits.at(-1);
    if (last === undefined) return;
    after = last.version;
  }
}
