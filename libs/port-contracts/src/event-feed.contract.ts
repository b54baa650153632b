import type { Commit } from '@almanac/contracts';
import type { EventFeed, FeedConsumer } from '@almanac/ports';
import { describe, expect, it } from 'vitest';
import { commit, created, otherStream } from './samples.js';

export interface FeedUnderTest {
  readonly feed: EventFeed;
  /** Another feed over the same store, as after a restart; the first one has been stopped. */
  reopen(): Promise<EventFeed>;
  append(commits: readonly Commit[]): Promise<void>;
}

const collector = (react: (commit: Commit) => Promise<void> = async () => {}) => {
  const seen: string[] = [];
  const consumer: FeedConsumer = {
    name: 'test',
    types: new Set(['CollectionDeleted'] as const),
    async react(found) {
      await react(found);
      seen.push(`${found.stream}@${found.version}`);
    },
  };
  return { seen, consumer };
};

/** What every EventFeed does. @param open gives one over an empty store for each case. */
export function eventFeedContract(open: () => Promise<FeedUnderTest>): void {
  describe('EventFeed', () => {
    it('gives what was appended before and after the subscription, a stream in its order', async () => {
      const { feed, append } = await open();
      const { seen, consumer } = collector();
      await append([commit(1), commit(2)]);
      feed.subscribe(consumer);
      await feed.settled();
      await append([commit(3), commit(1, { stream: otherStream })]);
      await feed.settled();
      expect(seen).toEqual(['example/ada/work@1', 'example/ada/work@2', 'example/ada/work@3', 'example/ada/play@1']);
    });

    it('gives only commits with an event of the wanted types', async () => {
      const { feed, append } = await open();
      const { seen, consumer } = collector();
      feed.subscribe(consumer);
      await append([commit(1, { events: [created()] }), commit(2)]);
      await feed.settled();
      expect(seen).toEqual(['example/ada/work@2']);
    });

    it('goes on after a restart where the consumer was', async () => {
      const { feed, append, reopen } = await open();
      const before = collector();
      feed.subscribe(before.consumer);
      await append([commit(1)]);
      await feed.settled();
      await feed.stop();
      const reopened = await reopen();
      const after = collector();
      reopened.subscribe(after.consumer);
      await append([commit(2)]);
      await reopened.settled();
      expect(after.seen).toEqual(['example/ada/work@2']);
      await reopened.stop();
    });

    it('waits for no reaction when it stops, and begins it anew after the next start', async () => {
      const { feed, append, reopen } = await open();
      let begun = 0;
      const endless = (_commit: Commit, over: AbortSignal): Promise<void> => {
        begun += 1;
        return new Promise((_resolve, reject) => over.addEventListener('abort', () => reject(over.reason as Error)));
      };
      feed.subscribe({ ...collector().consumer, react: endless });
      await append([commit(1)]);
      await expect.poll(() => begun).toBe(1);
      await feed.stop();
      const reopened = await reopen();
      const { seen, consumer } = collector();
      reopened.subscribe(consumer);
      await reopened.settled();
      expect(seen).toEqual(['example/ada/work@1']);
      await reopened.stop();
    });

    it('gives a commit again until the consumer has done it, and the next ones only then', async () => {
      const { feed, append } = await open();
      let failures = 2;
      const { seen, consumer } = collector(async () => {
        if (failures-- > 0) throw new Error('not yet');
      });
      feed.subscribe(consumer);
      await append([commit(1), commit(2)]);
      await feed.settled();
      expect(seen).toEqual(['example/ada/work@1', 'example/ada/work@2']);
    });
  });
}
