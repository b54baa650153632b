import type { Command } from '@almanac/contracts';
import { durations, gauge } from '@almanac/observability';
import type { Consumer, EachBatchPayload } from 'kafkajs';

const behind = gauge('almanac_commands_behind', 'Commands of a partition that wait to be handled', [
  'topic',
  'partition',
]);
const delays = durations(
  'almanac_projection_delay_seconds',
  'From the moment that a command was made to the moment that the read models show its outcome',
  ['topic', 'partition'],
);

/** A batch that takes longer, in milliseconds, is stuck: what it needs is away. */
const longestBatch = 20_000;

/** The part of a batch that is looked at. */
type BatchPlace = {
  readonly batch: Pick<EachBatchPayload['batch'], 'topic' | 'partition' | 'highWatermark' | 'firstOffset'>;
};

/** How far the owner of partitions is behind, per partition (row O4); `almanac_…` in the metrics. */
export class CommandLag {
  readonly #since = new Map<string, number>();

  /** Partitions that go to other processes are told of by those. */
  follow(consumer: Pick<Consumer, 'on' | 'events'>, topic: string): void {
    let owned: readonly number[] = [];
    consumer.on(consumer.events.GROUP_JOIN, ({ payload: { memberAssignment } }) => {
      const now = memberAssignment[topic] ?? [];
      for (const partition of owned.filter((each) => !now.includes(each)))
        behind.remove(labelsOf({ topic, partition }));
      owned = now;
    });
  }

  /** Work on a batch; it counts as stuck when it takes too long. */
  async during<Result>({ batch }: BatchPlace, work: () => Promise<Result>): Promise<Result> {
    const key = `${batch.topic}/${batch.partition}`;
    this.#since.set(key, Date.now());
    const first = batch.firstOffset();
    if (first !== null) setBehind(batch, BigInt(first));
    try {
      return await work();
    } finally {
      this.#since.delete(key);
    }
  }

  /** The read models show what these commands led to. @param offset of the last of them */
  shown({ batch }: BatchPlace, commands: readonly Command[], offset: string): void {
    setBehind(batch, BigInt(offset) + 1n);
    const now = Date.now();
    for (const { at } of commands) delays.observe(labelsOf(batch), Math.max(0, now - at) / 1_000);
  }

  /** @throws Error in words when a batch is stuck */
  demand(): void {
    for (const [partition, since] of this.#since) {
      const taken = Date.now() - since;
      if (taken > longestBatch) throw new Error(`commands of ${partition} have been waiting for ${taken} ms`);
    }
  }
}

const labelsOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }) => ({
  topic,
  partition: String(partition),
});

/** @param next offset of the first command that is not handled */
function setBehind(batch: BatchPlace['batch'], next: bigint): void {
  behind.set(labelsOf(batch), Math.max(0, Number(BigInt(batch.highWatermark) - next)));
}
