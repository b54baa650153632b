import type { Commit, CommandId, CommandSource, StreamName } from '@almanac/contracts';

export interface CommandRef {
  readonly stream: StreamName;
  readonly commandId: CommandId;
}

/** Where a stream ends. */
export interface Head {
  /** Of the newest commit; 0 for a stream without any. */
  readonly version: number;
  /** Where that commit's command came from, if it came over a log that repeats. */
  readonly source?: CommandSource;
  /** When that command was made, in milliseconds since 1970; told where the source is. */
  readonly at?: number;
}

/** The log. Contract: `event-store.contract.ts`. */
export interface EventStore {
  /**
   * Appends each commit at exactly its version, in order. The caller has seen the version before it.
   * @throws VersionConflict when a stream's next version is another one, or a command has a commit already;
   *   of the commits given, those before the conflict may have been appended.
   */
  append(commits: readonly Commit[]): Promise<void>;
  /** The commits of a stream with version > after, in order, at most `limit`. */
  read(stream: StreamName, after: number, limit: number): Promise<readonly Commit[]>;
  heads(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, Head>>;
  /** The commits that these commands led to, in any order; none for a command without one. */
  findByCommands(commands: readonly CommandRef[]): Promise<readonly Commit[]>;
}

/** Somebody else appended first: project what is missing, read again, decide again. */
export class VersionConflict extends Error {
  override readonly name = 'VersionConflict';
  readonly stream: StreamName;

  constructor(stream: StreamName) {
    super(`the stream ${stream} has moved on`);
    this.stream = stream;
  }
}

/** A store, broker or writer cannot be reached now; the request may be repeated later. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';
}
