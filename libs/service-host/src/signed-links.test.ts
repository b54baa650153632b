import { expect, it } from 'vitest';
import { SignedLinks } from './signed-links.js';

const links = new SignedLinks(async () => Buffer.from('a key of some length'));
const target = { tenant: 'example', managedId: 'id-1' };
const now = 1_700_000_000_000;
const query = async (changes: Readonly<Record<string, string>> = {}) => {
  const signed = new URLSearchParams(await links.sign(target, now + 60_000));
  for (const [name, value] of Object.entries(changes)) signed.set(name, value);
  return signed;
};

it('A1: a signed link is taken until it expires', async () => {
  expect(await links.verify('id-1', await query(), now)).toEqual(target);
  expect(await links.verify('id-1', await query(), now + 60_000)).toBeNull();
});

it.each([
  ['another attachment', 'id-2', {}],
  ['another tenant', 'id-1', { tenant: 'other' }],
  ['a later end', 'id-1', { expires: '1800000000' }],
  ['no number', 'id-1', { expires: '1e99' }],
  ['another signature', 'id-1', { signature: 'x' }],
  ['an empty signature', 'id-1', { signature: '' }],
])('A1: a link that was changed is refused: %s', async (_what, managedId, changes) => {
  expect(await links.verify(managedId, await query(changes), now)).toBeNull();
});

it('A1: a link of another key is refused', async () => {
  const others = new SignedLinks(async () => Buffer.from('another key'));
  expect(await others.verify('id-1', await query(), now)).toBeNull();
});

it('asks for the key again when it could not be had', async () => {
  let attempts = 0;
  const late = new SignedLinks(async () => {
    attempts += 1;
    if (attempts === 1) throw new Error('not yet');
    return Buffer.from('key');
  });
  await expect(late.sign(target, now)).rejects.toThrow('not yet');
  expect(await late.sign(target, now)).toContain('signature=');
  await late.sign(target, now);
  expect(attempts).toBe(2);
});

it('what is sealed is read for its purpose until it expires, and by nobody who has another key', async () => {
  const token = await links.seal('session', 'ada', now + 1000);
  expect(token).not.toContain('ada');
  expect(await links.unseal('session', token, now)).toBe('ada');
  expect(await links.unseal('session', token, now + 1000)).toBeNull();
  expect(await links.unseal('profile', token, now)).toBeNull();
  expect(await links.unseal('session', `${token.slice(0, -2)}AA`, now)).toBeNull();
  expect(await links.unseal('session', 'short', now)).toBeNull();
  expect(await new SignedLinks(async () => Buffer.from('another')).unseal('session', token, now)).toBeNull();
});
