import { expect, it } from 'vitest';
import { instantOf, onWall, readFrom, wallOf } from './wall-time.js';

const berlin = 'Europe/Berlin';

it.each([
  ['2026-01-31T23:59:59', berlin, '2026-01-31T22:59:59.000Z'],
  ['2026-07-31T23:59:59', berlin, '2026-07-31T21:59:59.000Z'],
  ['2026-07-31T00:00:00', 'Pacific/Auckland', '2026-07-30T12:00:00.000Z'],
  ['2026-07-31T12:00:00', 'UTC', '2026-07-31T12:00:00.000Z'],
])('%s in %s is %s, and back', (local, zone, instant) => {
  expect(new Date(instantOf(local, zone)).toISOString()).toBe(instant);
  expect(wallOf(Date.parse(instant), zone)).toBe(local);
});

it('a time that the spring skips goes on by the hour that is missing', () => {
  expect(new Date(instantOf('2026-03-29T02:30:00', berlin)).toISOString()).toBe('2026-03-29T01:30:00.000Z');
});

it('an instant is told on another wall', () => {
  expect(onWall('2026-03-11T09:00:00', berlin, 'America/New_York')).toBe('2026-03-11T04:00:00');
  expect(onWall('2026-03-11T09:00:00', berlin, berlin)).toBe('2026-03-11T09:00:00');
});

it('is read from a zone: on its wall; days, floating times and zones that nobody knows as they are', () => {
  const read = (local: string, zone: string | null) => readFrom(berlin, { local, zone });
  expect(read('2026-03-11T09:00:00', 'UTC')).toBe('2026-03-11T10:00:00');
  expect(read('2026-03-11T09:00:00', null)).toBe('2026-03-11T09:00:00');
  expect(read('2026-03-11', null)).toBe('2026-03-11');
  expect(read('2026-03-11T09:00:00', 'Moon/Tranquility')).toBe('2026-03-11T09:00:00');
});
