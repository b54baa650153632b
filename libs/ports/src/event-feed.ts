import type { Commit, DomainEvent } from '@almanac/contracts';

export interface FeedConsumer {
  /** Names the place in the feed up to which the consumer has reacted. */
  readonly name: string;
  /** Only commits with an event of one of these types are given. */
  readonly types: ReadonlySet<DomainEvent['type']>;
  /**
   * May be given a commit again after a crash; a commit is done when the promise is fulfilled.
   * @param over aborted when this process is not to go on: the feed stops, or the commit goes to another process
   */
  react(commit: Commit, over: AbortSignal): Promise<void>;
}

/** The commits of all streams, each stream's in version order. Contract: `event-feed.contract.ts`. */
export interface EventFeed {
  /** Starts after the last commit that the consumer of this name had done, or at the beginning. */
  subscribe(consumer: FeedConsumer): void;
  /** Fulfilled when every consumer has done what had been appended before the call. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}
