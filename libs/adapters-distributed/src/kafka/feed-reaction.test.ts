import { type Commit, type StreamName, streamName } from '@almanac/contracts';
import type { EachBatchPayload, KafkaMessage } from 'kafkajs';
import { expect, it } from 'vitest';
import { commitMessage } from './cloud-event.js';
import { entryOf } from './feed-entry.js';
import { FeedReaction } from './feed-reaction.js';

const stream = streamName('example/ada/work');

const payload = {
  heartbeat: async () => {},
  isRunning: () => true,
  isStale: () => false,
} as unknown as EachBatchPayload;

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

/** A reaction to moves, over a log and positions in memory. */
function reactionOver(log: readonly Commit[], before = 0) {
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
    name: 'test',
    types: new Set(['MoveStarted'] as const),
    react: async ({ version }: Commit) => {
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
  const take = (messages: readonly KafkaMessage[]) =>
    reaction.take(
      messages.map(entryOf).filter((entry) => entry !== null),
      payload,
    );
  return { take, seen, gaps, kept };
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
  const { take, seen, gaps } = reactionOver(log, 500);
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
