import { setTimeout as delay } from 'node:timers/promises';
import type { StreamName } from '@almanac/contracts';
import type { Group, ModelsOf } from '../generation.js';
import type { ReadModels } from '../read-models.js';
import { compareDocuments, type Difference, type Pair, pairsOf, type Row } from './compare-documents.js';
import { documentsOf, filterOf, type Part, partsOf, tableOf } from './documents-of-stream.js';
import type { StreamFiller } from './fill-generation.js';

/** Milliseconds before what could not be told is looked at again. */
const delays = [50, 100, 200, 400, 800, 1_600];
const chunkSize = 200;

/** The ids, by table, of what could not be told yet. */
type Pending = ReadonlyMap<Part, readonly string[]>;

interface Look {
  /** Up to which version the read models showed the stream. */
  readonly shown: number;
  readonly differences: readonly Difference[];
  readonly pending: Pending;
  readonly commits: number;
}

/**
 * Compares what a group's read models show of one stream with a scratch generation. Somebody may be writing: so the stream's
 * own document is read first, and the log projected up to the version that it shows. What the read models show of later
 * commits, and what is missing, is looked at again; so is a stream that is behind the log.
 */
export class StreamVerifier<G extends Group> {
  readonly #group: G;
  readonly #models: ReadModels;
  readonly #scratch: ModelsOf[G];
  readonly #filler: StreamFiller<G>;

  constructor(group: G, places: { models: ReadModels; scratch: ModelsOf[G]; filler: StreamFiller<G> }) {
    this.#group = group;
    this.#models = places.models;
    this.#scratch = places.scratch;
    this.#filler = places.filler;
  }

  async verify(stream: StreamName): Promise<{ commits: number; differences: readonly Difference[] }> {
    const parts = partsOf(stream);
    const head = await this.#filler.head(stream);
    try {
      let look = await this.#look(stream, parts, null);
      let { commits } = look;
      const differences = [...look.differences];
      for (const pause of delays) {
        if (look.shown >= head && look.pending.size === 0) return { commits, differences };
        await delay(pause);
        look = await this.#look(stream, parts, look.pending);
        commits += look.commits;
        differences.push(...look.differences);
      }
      if (look.shown < head) return await this.#behind(stream, parts, { head, commits });
      differences.push(...(await this.#stillPending(stream, look)));
      return { commits, differences };
    } finally {
      for (const { table, filter } of parts) await tableOf(this.#scratch, table).deleteMany(filter);
    }
  }

  #look(stream: StreamName, [own, ...parts]: readonly [Part, ...Part[]], only: Pending | null): Promise<Look> {
    return this.#models.read(this.#group, async (live) => {
      const document = await tableOf(live, own.table).findOne(own.filter);
      const shown = Number(document?.['version'] ?? 0);
      const commits = await this.#filler.project(stream, [await this.#filler.shown(stream), shown]);
      const differences: Difference[] = [];
      const pending = new Map<Part, string[]>();
      const judge = (part: Part, pair: Pair): void => {
        const found = compareDocuments(part.table, pair);
        if (found.length === 0) return;
        if (isTold(pair, shown)) differences.push(...found);
        else pending.getOrInsert(part, []).push(idOf(pair));
      };
      if (only === null || only.has(own)) {
        judge(own, [document, await tableOf(this.#scratch, own.table).findOne(own.filter)]);
      }
      for (const part of parts) {
        const ids = only === null ? null : (only.get(part) ?? []);
        for await (const pair of this.#pairs(live, part, ids)) judge(part, pair);
      }
      return { shown, differences, pending, commits };
    });
  }

  /** All of a part, or those of these ids. */
  async *#pairs(live: ModelsOf[G], part: Part, ids: readonly string[] | null): AsyncGenerator<Pair> {
    const actual = tableOf(live, part.table);
    const expected = tableOf(this.#scratch, part.table);
    if (ids === null) {
      yield* pairsOf(documentsOf(actual, part), documentsOf(expected, part));
      return;
    }
    for (let first = 0; first < ids.length; first += chunkSize) {
      const chunk = ids.slice(first, first + chunkSize);
      const found = [actual, expected].map((table) => table.find(filterOf(part, chunk)).toArray());
      const [is, should] = (await Promise.all(found)).map((rows) => new Map(rows.map((row) => [row._id, row])));
      for (const id of chunk) yield [is?.get(id) ?? null, should?.get(id) ?? null];
    }
  }

  /** The read models did not come to where the log was at the beginning: all that is missing counts. */
  async #behind(stream: StreamName, parts: readonly Part[], { head, commits }: { head: number; commits: number }) {
    const more = await this.#filler.project(stream, [await this.#filler.shown(stream), head]);
    const differences = await this.#models.read(this.#group, async (live) => {
      const found: Difference[] = [];
      for (const part of parts) {
        for await (const pair of this.#pairs(live, part, null)) found.push(...compareDocuments(part.table, pair));
      }
      return found;
    });
    return { commits: commits + more, differences };
  }

  /** What was missing at every look, or shows a version that the log does not have. */
  async #stillPending(stream: StreamName, { pending }: Look): Promise<Difference[]> {
    const head = await this.#filler.head(stream);
    return this.#models.read(this.#group, async (live) => {
      const found: Difference[] = [];
      for (const [part, ids] of pending) {
        for await (const pair of this.#pairs(live, part, ids)) {
          const [actual] = pair;
          if (actual === null || newest(actual) === 0 || newest(actual) > head)
            found.push(...compareDocuments(part.table, pair));
        }
      }
      return found;
    });
  }
}

/** Whether later commits cannot have made the difference. What has just been made shows version 0 for a moment. */
const isTold = ([actual]: Pair, shown: number): boolean =>
  actual !== null && newest(actual) > 0 && newest(actual) <= shown;

const newest = (row: Row): number =>
  Math.max(...['version', 'propertiesVersion', 'epochVersion'].map((column) => Number(row[column] ?? 0)));

const idOf = ([actual, expected]: Pair): string => (actual ?? expected)?._id ?? '';
