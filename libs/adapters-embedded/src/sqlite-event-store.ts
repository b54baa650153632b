import { type Commit, type StreamName, upcast } from '@almanac/contracts';
import { type CommandRef, type EventStore, type Head, VersionConflict } from '@almanac/ports';
import type { Database, Row } from './database.js';

/** The log in SQLite: what is unique is unique by index, so a second append of a version fails. */
export class SqliteEventStore implements EventStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async append(commits: readonly Commit[]): Promise<void> {
    for (const commit of commits) this.#insert(commit);
  }

  async read(stream: StreamName, after: number, limit: number): Promise<readonly Commit[]> {
    return this.#database
      .all('SELECT body FROM commits WHERE stream = ? AND version > ? ORDER BY version LIMIT ?', stream, after, limit)
      .map(commitFrom);
  }

  /** Nothing is said twice here: commands come from this process, and have no source. */
  async heads(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, Head>> {
    return new Map(streams.map((stream) => [stream, { version: this.#head(stream) }]));
  }

  async findByCommands(commands: readonly CommandRef[]): Promise<readonly Commit[]> {
    return commands.flatMap(({ stream, commandId }) => {
      const row = this.#database.get('SELECT body FROM commits WHERE stream = ? AND command = ?', stream, commandId);
      return row === undefined ? [] : [commitFrom(row)];
    });
  }

  #insert(commit: Commit): void {
    const { stream, version, commandId, events } = commit;
    if (this.#head(stream) !== version - 1) throw new VersionConflict(stream);
    const types = events.map((event) => event.type).join(',');
    const added = this.#database.run(
      'INSERT INTO commits (stream, version, command, types, body) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
      stream,
      version,
      commandId,
      types,
      JSON.stringify(commit),
    );
    if (added === 0) throw new VersionConflict(stream);
  }

  #head(stream: StreamName): number {
    return Number(this.#database.get('SELECT max(version) FROM commits WHERE stream = ?', stream)?.[0] ?? 0);
  }
}

const commitFrom = ([body]: Row): Commit => upcast(JSON.parse(String(body)) as Commit);
