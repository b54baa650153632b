import type { Commit } from '@almanac/contracts';
import type { EventStore } from '@almanac/ports';
import type { CommitRelay } from './commit-relay.js';

/** The log, whose commits are published as soon as they are in it. */
export class PublishingEventStore implements EventStore {
  readonly #store: EventStore;
  readonly #relay: Pick<CommitRelay, 'publish'>;

  constructor(store: EventStore, relay: Pick<CommitRelay, 'publish'>) {
    this.#store = store;
    this.#relay = relay;
  }

  async append(commits: readonly Commit[]): Promise<void> {
    await this.#store.append(commits);
    this.#relay.publish(commits);
  }

  read: EventStore['read'] = (stream, after, limit) => this.#store.read(stream, after, limit);

  heads: EventStore['heads'] = (streams) => this.#store.heads(streams);

  findByCommands: EventStore['findByCommands'] = (commands) => this.#store.findByCommands(commands);
}
