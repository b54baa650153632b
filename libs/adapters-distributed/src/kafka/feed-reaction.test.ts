import { type Commit, type StreamName, streamName } from '@almanac/contracts';
import type { KafkaMessage } from 'kafkajs';
import { metricsText } from '@almanac/observability';
import { expect, it, vi } from 'vitest';
import { commitMessage } from './cloud-event.js';
import { entryOf } from './feed-entry.js';
import { FeedReaction } from './feed-reaction.js';

const stream = streamName('example/ada/work');

const payload = { heartbeat: async () => {}, isRunning: () => true, isStale: () => false };

/** Only its type and its place are looked at. */
const commit = (version: number, type: 'MoveStarted' | 'MemberPut'): Commit =>
  ({
    stream,
    version,
    commandId: `c${version}`,
    actor: 'ada',
    at: 1,
    events: [{ type, schema: 1 }],
  }) as unknown as Commit;

const message = (one: Commit): KafkaMessage => commitMessage('calendar', one) as KafkaMessage;

interface Options {
  /** Up to which version it has been done. */
  readonly before?: number;
  readonly name?: string;
  readonly work?: (over: AbortSignal) => Promise<void>;
}

/** A reaction to moves, over a log and positions in memory. */
function reactionOver(log: readonly Commit[], { before = 0, name = 'test', work = async () => {} }: Options = {}) {
  const kept = new Map<StreamName, number>([[stream, before]]);
  const seen: number[] = [];
  const gaps: [after: number, before: number][] = [];
  const positions = {
    load: async () => new Map(kept),
    save: async (reached: ReadonlyMap<StreamName, number>) => {
      for (const [of, version] of reached) kept.set(of, version);
    },
  };
  const consumer = {
    name,
    types: new Set(['MoveStarted'] as const),
    react: async ({ version }: Commit, over: AbortSignal) => {
      await work(over);
      seen.push(version);
    },
  };
  const readGap = async (_stream: StreamName, gap: { after: number; before: number }) => {
    gaps.push([gap.after, gap.before]);
    return log.filter(
      ({ version, events }) => version > gap.after && version < gap.before && events[0]?.type === 'MoveStarted',
    );
  };
  const reaction = new FeedReaction(consumer, readGap, positions);
  const take = (messages: readonly KafkaMessage[], over = new AbortController().signal) =>
    reaction.take(
      messages.map(entryOf).filter((entry) => entry !== null),
      { payload, over },
    );
  return { reaction, take, seen, gaps, kept };
}

const log = Array.from({ length: 1_200 }, (_, index) =>
  commit(index + 1, index === 699 || index === 1_100 ? 'MoveStarted' : 'MemberPut'),
);

it('reads no gap where one message follows on another, and keeps its position now and then', async () => {
  const { take, seen, gaps, kept } = reactionOver(log);
  await take(log.slice(0, 650).map(message));
  expect(kept.get(stream)).toBe(500);
  await take(log.slice(650).map(message));
  expect(seen).toEqual([700, 1_101]);
  expect(gaps).toEqual([]);
  expect(kept.get(stream)).toBe(1_101);
});

it('reads from the log what is missing before what is wanted', async () => {
  const { take, seen, gaps } = reactionOver(log, { before: 500 });
  await take([...log.slice(600, 690), ...log.slice(1_090, 1_110)].map(message));
  expect(seen).toEqual([700, 1_101]);
  expect(gaps).toEqual([[500, 1_101]]);
  await take(log.slice(690, 1_110).map(message));
  expect(seen).toEqual([700, 1_101]);
});

it('does not read the bodies of what is not wanted', async () => {
  const { take, seen } = reactionOver(log);
  const unreadable = log.slice(0, 699).map((one) => ({ ...message(one), value: Buffer.from('no JSON') }));
  await take([...unreadable, message(log[699] as Commit)]);
  expect(seen).toEqual([700]);
});

it('reads the bodies of messages whose headers do not say what they are of', async () => {
  const { take, seen } = reactionOver(log);
  await take(log.slice(0, 800).map((one) => ({ ...message(one), headers: {} }) as KafkaMessage));
  expect(seen).toEqual([700]);
});

it('leaves a wanted message that is not readable for the next look at the log', async () => {
  const { take, seen } = reactionOver(log);
  await take([...log.slice(0, 699).map(message), { ...message(log[699] as Commit), value: Buffer.from('no JSON') }]);
  expect(seen).toEqual([]);
  await take(log.slice(700).map(message));
  expect(seen).toEqual([700, 1_101]);
});

const inVain = async (name: string): Promise<string | undefined> =>
  new RegExp(`^almanac_feed_repeats\\{consumer="${name}"\\} (\\d+)$`, 'm').exec(await metricsText())?.[1];

it('shows in a metric how often it has tried in vain, and says so once that takes long', async () => {
  let isBroken = true;
  const work = async () => {
    if (isBroken) throw new Error('a rule has thrown');
  };
  const { reaction, take, seen } = reactionOver(log, { name: 'broken', work });
  const taken = take(log.slice(0, 700).map(message));
  await expect.poll(() => inVain('broken')).toMatch(/^[1-9]/);
  expect(() => reaction.demandHealthy()).not.toThrow();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 61_000 });
  expect(() => reaction.demandHealthy()).toThrow(/^broken has been trying the same in vain for \d+ ms$/);
  vi.useRealTimers();
  isBroken = false;
  await taken;
  expect(seen).toEqual([700]);
  expect(await inVain('broken')).toBe('0');
  expect(() => reaction.demandHealthy()).not.toThrow();
});

it('ends what is under way when it is over, with the reason, and leaves the rest for elsewhere', async () => {
  const over = new AbortController();
  const work = (signal: AbortSignal) =>
    new Promise<void>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('what it was doing')));
      over.abort(new Error('the group forms anew'));
    });
  const { take, seen, kept } = reactionOver(log, { work });
  await expect(take(log.slice(0, 700).map(message), over.signal)).rejects.toThrow('the group forms anew');
  expect([seen, kept.get(stream)]).toEqual([[], 500]);
});
