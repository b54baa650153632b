import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { attachmentProjections, collectionProjections, directoryProjections } from '@almanac/read-model';

/** The projections of all services, for a replay of the whole log. */
export const projectAll = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector([...collectionProjections, ...directoryProjections, ...attachmentProjections], writer);
