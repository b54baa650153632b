import { type Commit, type ServiceName, type StreamName, upcast } from '@almanac/contracts';
import { type CommandRef, type EventStore, type Head, VersionConflict } from '@almanac/ports';
import { type Collection, MongoBulkWriteError } from 'mongodb';
import { orUnavailable } from './or-unavailable.js';

/** A commit as it lies in MongoDB; `published` is set by the relay. */
export interface StoredCommit extends Commit {
  /** Whose commit it is: the relay publishes to the topic of this service. */
  readonly service: ServiceName;
  readonly published: boolean;
}

const duplicateKey = 11_000;
/** Leaves out what is not the commit itself. */
export const commitOnly = { _id: 0, published: 0, service: 0 };

/**
 * The log in MongoDB (design 2): a commit is one document, and the unique indexes {stream, version} and
 * {stream, commandId} refuse the append of whoever decided on an older state. Whether an append that ended in `Unavailable`
 * was made is found by its command: who says it again is given the same outcome.
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
    const documents = commits.map((commit) => ({ ...commit, service: this.#service, published: false }));
    try {
      await orUnavailable(() => this.#commits.insertMany(documents, { ordered: true, ignoreUndefined: true }));
    } catch (error) {
      throw conflictFrom(error, commits) ?? error;
    }
  }

  async read(stream: StreamName, after: number, limit: number): Promise<readonly Commit[]> {
    const found = this.#commits.find({ stream, version: { $gt: after } }, { projection: commitOnly });
    return (await orUnavailable(() => found.sort({ version: 1 }).limit(limit).toArray())).map(upcast);
  }

  /** All at once; one query for all of them would walk the whole of each stream. */
  async heads(streams: readonly StreamName[]): Promise<ReadonlyMap<StreamName, Head>> {
    const newest = {
      sort: { stream: -1, version: -1 },
      projection: { _id: 0, version: 1, source: 1, at: 1 },
    } as const;
    const heads = streams.map(async (stream): Promise<readonly [StreamName, Head]> => {
      const head = await this.#commits.findOne<Head>({ stream }, newest);
      return [stream, head?.source === undefined ? { version: head?.version ?? 0 } : head];
    });
    return new Map(await orUnavailable(() => Promise.all(heads)));
  }

  /** A stream's in one query, all streams at once: each goes to one shard. */
  async findByCommands(commands: readonly CommandRef[]): Promise<readonly Commit[]> {
    if (commands.length === 0) return [];
    const streams = Map.groupBy(commands, ({ stream }) => stream);
    const queries = [...streams].map(([stream, own]) => {
      const commandId = { $in: own.map(({ commandId: id }) => id) };
      return this.#commits.find({ stream, commandId }, { projection: commitOnly }).toArray();
    });
    return (await orUnavailable(() => Promise.all(queries))).flat().map(upcast);
  }
}

/** Null for errors that are no conflict. */
function conflictFrom(error: unknown, commits: readonly Commit[]): VersionConflict | null {
  if (!(error instanceof MongoBulkWriteError) || error.code !== duplicateKey) return null;
  const [first] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  const failed = commits[first?.index ?? 0];
  return failed === undefined ? null : new VersionConflict(failed.stream);
}
