import { type Commit, type ServiceName, type StreamName, upcast } from '@almanac/contracts';
import { type CommandRef, type EventStore, VersionConflict } from '@almanac/ports';
import { type Collection, MongoBulkWriteError } from 'mongodb';

/** A commit as it lies in MongoDB; `published` is set by the relay. */
export interface StoredCommit extends Commit {
  /** Whose commit it is: the relay publishes to the topic of this service. */
  readonly service: ServiceName;
  readonly published: boolean;
}

const duplicateKey = 11_000;
const commitOnly = { _id: 0, published: 0, service: 0 };

/**
 * The log in MongoDB (design 2): a commit is one document, and the unique indexes {stream, version} and
 * {stream, commandId} refuse the append of whoever decided on an older state.
 */
export class MongoEventStore implements EventStore {
  readonly #commits: Collection<StoredCommit>;
  readonly #service: ServiceName;

  /** @param service the owner of the streams that are appended to */
  constructor(commits: Collection<StoredCommit>, service: ServiceName) {
    this.#commits = commits;
    this.#service = service;
  }

  async append(commits: readonly Commit[]): Promise<void> {
    if (commits.length === 0) return;
    try {
      await this.#commits.insertMany(
        commits.map((commit) => ({ ...commit, service: this.#service, published: false })),
        { ordered: true },
      );
    } catch (error) {
      throw conflictFrom(error, commits) ?? error;
    }
  }

  async read(stream: StreamName, after: number, limit: number): Promise<readonly Commit[]> {
    const found = this.#commits.find({ stream, version: { $gt: after } }, { projection: commitOnly });
    return (await found.sort({ version: 1 }).limit(limit).toArray()).map(upcast);
  }

  async heads(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, number>> {
    const heads = await Promise.all(
      streams.map(async (stream) => {
        const head = await this.#commits.findOne({ stream }, { sort: { version: -1 }, projection: { version: 1 } });
        return [stream, head?.version ?? 0] as const;
      }),
    );
    return new Map(heads);
  }

  async findByCommands(commands: readonly CommandRef[]): Promise<readonly Commit[]> {
    if (commands.length === 0) return [];
    const either = commands.map(({ stream, commandId }) => ({ stream, commandId }));
    const found = this.#commits.find({ $or: either }, { projection: commitOnly });
    return (await found.toArray()).map(upcast);
  }
}

/** Null for errors that are no conflict. */
function conflictFrom(error: unknown, commits: readonly Commit[]): VersionConflict | null {
  if (!(error instanceof MongoBulkWriteError) || error.code !== duplicateKey) return null;
  const [first] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const failed = commits[first?.index ?? 0];
  return failed === undefined ? null : new VersionConflict(failed.stream);
}
