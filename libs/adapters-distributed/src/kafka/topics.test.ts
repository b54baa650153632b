import { streamName } from '@almanac/contracts';
import { expect, it } from 'vitest';
import { kafkaNames, keyOf } from './topics.js';

it.each([
  ['example/ada/work', 'example/ada'],
  ['example/ada', 'example/ada'],
  ['example/ada/overlay/work', 'example/ada'],
  ['example', 'example'],
  ['@tenants', '@tenants'],
])('the stream %s is ordered with all of %s', (stream, key) => {
  expect(keyOf(streamName(stream))).toBe(key);
});

it('a prefix tells installations apart', () => {
  expect(kafkaNames().commands('calendar')).toBe('calendar.commands');
  const names = kafkaNames('eu.');
  expect([names.dead('tasks'), names.events('calendar'), names.replies]).toEqual([
    ...['eu.tasks.commands.dead', 'eu.calendar.events', 'eu.dav.replies'],
  ]);
});
