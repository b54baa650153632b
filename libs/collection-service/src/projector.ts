import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { collectionProjections } from '@almanac/read-model';

/** Writes the read models of collections and homes, for the service that owns them. */
export const collectionProjector = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector(collectionProjections, writer);
