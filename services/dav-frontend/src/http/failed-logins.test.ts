import { expect, it } from 'vitest';
import { FailedLogins } from './failed-logins.js';

const account = { of: 'account', name: 'example ada' } as const;
const address = { of: 'address', name: '192.0.2.1' } as const;

function failing(times: number, now = { is: 0 }) {
  const failures = new FailedLogins(() => now.is);
  for (let count = 0; count < times; count += 1) failures.failed([account, address]);
  return { failures, now };
}

it('the first wrong passwords of an account cost nothing, then each one doubles the wait, up to ten seconds', () => {
  const waits = [4, 5, 6, 7, 30].map((times) => failing(times).failures.delayOf(account));
  expect(waits).toEqual([0, 250, 500, 1000, 10_000]);
});

it('an address is given more room than an account: many people may be behind it', () => {
  expect(failing(99).failures.delayOf(address)).toBe(0);
  expect(failing(100).failures.delayOf(address)).toBe(250);
});

it('a right password forgets the failures of the account, not those of the address', async () => {
  const { failures } = failing(4);
  for (let count = 0; count < 96; count += 1) failures.failed([address]);
  await failures.attempt([account], async () => true);
  expect(failures.delayOf(account)).toBe(0);
  failures.failed([account]);
  expect(failures.delayOf(account)).toBe(0);
  expect(failures.delayOf(address)).toBe(250);
});

it('failures are forgotten after a quarter of an hour', () => {
  const { failures, now } = failing(30);
  now.is = 15 * 60_000 + 1;
  expect(failures.delayOf(account)).toBe(0);
  failures.failed([account]);
  expect(failures.delayOf(account)).toBe(0);
});

it('one account does not slow another', () => {
  expect(failing(30).failures.delayOf({ of: 'account', name: 'example bob' })).toBe(0);
});

it('an attempt that need not wait goes on at once', async () => {
  await expect(failing(0).failures.attempt([account, address], async () => true)).resolves.toBe(true);
});

it('attempts count from their beginning: many at once are slowed like many in a row', () => {
  const { failures } = failing(0);
  const never = () => new Promise<boolean>(() => {});
  for (let count = 0; count < 6; count += 1) void failures.attempt([account, address], never);
  expect(failures.delayOf(account)).toBe(500);
});

it('more than 200 attempts at a time are refused with 429', async () => {
  const { failures } = failing(0);
  const never = () => new Promise<boolean>(() => {});
  for (let count = 0; count < 200; count += 1) void failures.attempt([{ of: 'account', name: `${count}` }], never);
  await expect(failures.attempt([account], never)).rejects.toMatchObject({ status: 429 });
});
