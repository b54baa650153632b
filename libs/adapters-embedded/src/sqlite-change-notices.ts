import type { ChangeNotices } from '@almanac/ports';
import type { Database } from './database.js';

/** Where the writer's thread says that it has committed. */
interface CommitPort {
  on(event: 'message', listener: () => void): unknown;
}

/** Reads in the log what is new, each time that the writer has committed and somebody listens. */
export class SqliteChangeNotices implements ChangeNotices {
  readonly #reader: Database;
  readonly #listeners = new Set<(streams: readonly string[]) => void>();
  #position = 0;

  constructor(reader: Database, commits: CommitPort) {
    this.#reader = reader;
    commits.on('message', () => this.#tell());
  }

  follow(heard: (streams: readonly string[]) => void): () => void {
    if (this.#listeners.size === 0) this.#position = this.#end();
    // Each call is a listener of its own, also of the same function.
    const listener = (streams: readonly string[]): void => heard(streams);
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #tell(): void {
    if (this.#listeners.size === 0) return;
    const rows = this.#reader.all('SELECT DISTINCT stream FROM commits WHERE position > ?', this.#position);
    this.#position = this.#end();
    const streams = rows.map(([stream]) => String(stream));
    if (streams.length > 0) for (const listener of this.#listeners) listener(streams);
  }

  #end(): number {
    return Number(this.#reader.get('SELECT max(position) FROM commits')?.[0] ?? 0);
  }
}
