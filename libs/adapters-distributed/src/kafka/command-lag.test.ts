import { metricsText } from '@almanac/observability';
import type { Consumer } from 'kafkajs';
import { expect, it } from 'vitest';
import { CommandLag } from './command-lag.js';

const batch = (partition: number) => ({
  batch: { topic: 'lag.commands', partition, highWatermark: '30', firstOffset: () => '10' },
});

const behind = async (partition: number): Promise<string | undefined> =>
  new RegExp(`^almanac_commands_behind\\{topic="lag.commands",partition="${partition}"\\} (\\d+)$`, 'm').exec(
    await metricsText(),
  )?.[1];

/** Tells of what a consumer is given each time that its group forms. */
function group() {
  let told: (event: object) => void = () => {};
  const on: Consumer['on'] = (_event: string, listener: never) => {
    told = listener;
    return () => {};
  };
  const consumer = { on, events: { GROUP_JOIN: 'consumer.group_join' } } as unknown as Consumer;
  const gives = (...partitions: number[]): void =>
    told({ payload: { memberAssignment: { 'lag.commands': partitions } } });
  return { consumer, gives };
}

it('shows what waits as soon as a batch is begun, also where it then fails', async () => {
  const lag = new CommandLag();
  const failing = lag.during(batch(1), async () => {
    throw new Error('the database is away');
  });
  await expect(failing).rejects.toThrow('away');
  expect(await behind(1)).toBe('20');
  await lag.during(batch(1), async () => lag.shown(batch(1), [], '24'));
  expect(await behind(1)).toBe('5');
});

it('shows nothing of a partition that went to another process', async () => {
  const lag = new CommandLag();
  const { consumer, gives } = group();
  lag.follow(consumer, 'lag.commands');
  gives(2, 3);
  for (const partition of [2, 3]) await lag.during(batch(partition), async () => {});
  gives(3);
  expect([await behind(2), await behind(3)]).toEqual([undefined, '20']);
});
