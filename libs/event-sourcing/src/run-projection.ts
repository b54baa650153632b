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

/** Projects a stream's log after a version; what the read models show already stays as it is. */
export const projectStream =
  (store: EventStore, project: (commits: readonly Commit[]) => Promise<void>) =>
  async (stream: StreamName, after: number): Promise<void> => {
    for (let position = after; ; ) {
      const commits = await store.read(stream, position, pageSize);
      await project(commits);
      const last = commits.at(-1);
      if (last === undefined) return;
      position = last.version;
    }
  };
