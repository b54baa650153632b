import { expect, it } from 'vitest';
import { Bell } from './bell.js';

it('rings for who waits, also before they did, and once for several', async () => {
  const bell = new Bell();
  bell.ring();
  bell.ring();
  expect(await bell.wait(1_000)).toBe(true);
  expect(await bell.wait(1)).toBe(false);
  const waiting = bell.wait(60_000);
  bell.ring();
  expect(await waiting).toBe(true);
});
