import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { collectionProjections } from '@almanac/read-model';

/** Writes the read models of the collections that the tasks service owns. */
export const tasksProjector = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector(collectionProjections, writer);
