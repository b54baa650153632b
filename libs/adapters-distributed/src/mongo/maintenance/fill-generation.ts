import type { Commit, StreamName } from '@almanac/contracts';
import type { EventStore, ReadModelWriter } from '@almanac/ports';
import { generationWriter } from '../mongo-read-model-writer.js';
import type { Group, ModelsOf } from '../generation.js';
import { shownVersions } from '../shown-versions.js';

export type ProjectorFor = (writer: ReadModelWriter) => (commits: readonly Commit[]) => Promise<void>;

const pageSize = 200;

/** Brings streams of one generation up to the log, in pages. */
export class StreamFiller<G extends Group> {
  readonly #group: G;
  readonly #models: ModelsOf[G];
  readonly #store: Pick<EventStore, 'read' | 'heads'>;
  readonly #project: (commits: readonly Commit[]) => Promise<void>;

  constructor(
    group: G,
    models: ModelsOf[G],
    ports: { readonly store: Pick<EventStore, 'read' | 'heads'>; readonly projectorFor: ProjectorFor },
  ) {
    this.#group = group;
    this.#models = models;
    this.#store = ports.store;
    this.#project = ports.projectorFor(generationWriter(group, models));
  }

  /**
   * Ends when the generation has been seen to show the log's head, in this order: whoever appends after that look finds
   * no gap, and writes what it appends here, too (`mongo-read-model-writer.ts`). So a stream is looked at once, and the
   * whole log in one pass, however much is written meanwhile.
   * @returns how many commits were projected.
   */
  async fill(stream: StreamName, check: () => void = () => {}): Promise<number> {
    let count = 0;
    for (;;) {
      const shown = await this.shown(stream);
      const head = await this.head(stream);
      if (shown >= head) return count;
      count += await this.project(stream, [shown, head], check);
    }
  }

  /** Projects what the log has after a version, up to another. @throws when the read models do not show it then */
  async project(
    stream: StreamName,
    [after, upTo]: readonly [after: number, upTo: number],
    check: () => void = () => {},
  ): Promise<number> {
    let [position, count] = [after, 0];
    while (position < upTo) {
      check();
      const commits = await this.#store.read(stream, position, Math.min(pageSize, upTo - position));
      const last = commits.at(-1);
      if (last === undefined) break;
      await this.#project(commits);
      position = last.version;
      count += commits.length;
    }
    if ((await this.shown(stream)) < position) {
      throw new Error(`version ${position} of ${stream} was projected, and the read models do not show it`);
    }
    return count;
  }

  async shown(stream: StreamName): Promise<number> {
    return (await shownVersions(this.#group, this.#models, [stream])).get(stream) ?? 0;
  }

  async head(stream: StreamName): Promise<number> {
    return (await this.#store.heads([stream])).get(stream)?.version ?? 0;
  }
}
