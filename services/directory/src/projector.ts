import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { directoryProjections } from '@almanac/read-model';

/** Writes the read models of tenants and principals. */
export const directoryProjector = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector(directoryProjections, writer);
