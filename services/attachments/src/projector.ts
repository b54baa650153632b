import type { Commit } from '@almanac/contracts';
import { projector } from '@almanac/event-sourcing';
import type { ReadModelWriter } from '@almanac/ports';
import { attachmentProjections } from '@almanac/read-model';

/** Writes the read models of attachments. */
export const attachmentProjector = (writer: ReadModelWriter): ((commits: readonly Commit[]) => Promise<void>) =>
  projector(attachmentProjections, writer);
