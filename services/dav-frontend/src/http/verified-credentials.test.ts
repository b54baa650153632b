import type { PrincipalRecord } from '@almanac/contracts';
import { expect, it } from 'vitest';
import { VerifiedCredentials } from './verified-credentials.js';

const ada: PrincipalRecord = {
  tenant: 'example',
  id: 'ada',
  kind: 'user',
  name: 'Ada',
  addresses: [],
  version: 1,
  credentialVersion: 1,
  appPasswords: [],
  createdAt: 0,
};

it('a verified password is known for that user, that tenant and that password only', () => {
  const verified = new VerifiedCredentials();
  verified.add(ada, 'secret');
  expect(verified.has(ada, 'secret')).toBe(true);
  expect(verified.has(ada, 'Secret')).toBe(false);
  expect(verified.has({ ...ada, id: 'bob' }, 'secret')).toBe(false);
  expect(verified.has({ ...ada, tenant: 'other' }, 'secret')).toBe(false);
});

it('design 7: it is worth nothing once the credentials have changed', () => {
  const verified = new VerifiedCredentials();
  verified.add(ada, 'secret');
  expect(verified.has({ ...ada, credentialVersion: 2 }, 'secret')).toBe(false);
});

it('requests that come together wait for one check', async () => {
  const verified = new VerifiedCredentials();
  let checks = 0;
  const check = () =>
    verified.check(ada, 'secret', async () => {
      checks += 1;
      return true;
    });
  expect(await Promise.all([check(), check(), check()])).toEqual([true, true, true]);
  await check();
  expect(checks).toBe(2);
});
