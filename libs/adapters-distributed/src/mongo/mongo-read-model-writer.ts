import type { StreamName } from '@almanac/contracts';
import type { ReadModelChange, ReadModelWriter } from '@almanac/ports';
import { applyChanges } from './apply-changes.js';
import type { Group, ModelsOf } from './generation.js';
import { type ChangesOf, grouped, originOf } from './grouped-changes.js';
import type { ReadModels } from './read-models.js';
import { shownVersions } from './shown-versions.js';

/**
 * Writes every generation. One that is being filled is given only what comes next in a stream; where it is behind, whoever
 * fills it has yet to come by (`fill-generation.ts`), and from then on it is written before the one that decisions
 * are made on, so it never falls behind again.
 */
export class MongoReadModelWriter implements ReadModelWriter {
  readonly #models: ReadModels;

  constructor(models: ReadModels) {
    this.#models = models;
  }

  async apply(changes: readonly ReadModelChange[]): Promise<void> {
    const { calendars, directory, attachments } = grouped(changes);
    if (calendars.length > 0) await this.#write('calendars', calendars);
    if (directory.length > 0) await this.#write('directory', directory);
    if (attachments.length > 0) await this.#write('attachments', attachments);
  }

  #write<G extends Group>(group: G, changes: ChangesOf[G]): Promise<void> {
    return this.#models.write(group, async (models, is) => {
      const due = is === 'base' ? changes : await withoutThoseAhead(group, models, changes);
      await applyChanges(group, models, due);
    });
  }
}

async function withoutThoseAhead<G extends Group>(
  group: G,
  models: ModelsOf[G],
  changes: ChangesOf[G],
): Promise<ChangesOf[G]> {
  const first = new Map<StreamName, number>();
  for (const change of changes) {
    const { stream, version } = originOf(change);
    if (!first.has(stream)) first.set(stream, version);
  }
  const shown = await shownVersions(group, models, [...first.keys()]);
  const isDue = (stream: StreamName): boolean => (shown.get(stream) ?? 0) >= (first.get(stream) ?? 0) - 1;
  return changes.filter((change) => isDue(originOf(change).stream)) as unknown as ChangesOf[G];
}

/** Writes one generation of one group, and leaves out what is another group's. */
export const generationWriter = <G extends Group>(group: G, models: ModelsOf[G]): ReadModelWriter => ({
  apply: (changes) => applyChanges(group, models, grouped(changes)[group]),
});
