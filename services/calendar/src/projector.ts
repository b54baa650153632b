import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { collectionProjections } from '@almanac/read-model';

/** Writes the read models of the collections and homes that the calendar service owns. */
export const calendarProjector = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector(collectionProjections, writer);
