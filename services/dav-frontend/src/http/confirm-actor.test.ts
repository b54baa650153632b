import type { IncomingMessage } from 'node:http';
import type { PrincipalRecord, TenantRecord } from '@almanac/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FrontendPorts } from '../frontend-ports.js';
import type { Gatekeeper } from './authenticate.js';
import { confirmation } from './confirm-actor.js';
import type { PageSession } from './session.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const quarter = 15 * 60_000;
const principal = { id: 'ada', credentialVersion: 1 } as PrincipalRecord;

/** @param now the principal's record when it is asked for */
function confirmOf(session: PageSession, now: () => PrincipalRecord | null = () => principal) {
  const gate = { publicUrl: 'https://dav.example' } as Gatekeeper;
  const ports = { principals: { principal: async () => now() } } as unknown as FrontendPorts;
  return confirmation(
    {} as IncomingMessage,
    { gate, ports },
    { tenant: { id: 't' } as TenantRecord, principal, session },
  );
}

it('who has signed in elsewhere is asked for nothing for a quarter of an hour, and then to sign in again', async () => {
  const confirm = confirmOf({ begun: Date.now(), way: 'oidc' });
  vi.setSystemTime(Date.now() + quarter - 1);
  await expect(confirm(undefined)).resolves.toBeUndefined();
  vi.setSystemTime(Date.now() + 1);
  await expect(confirm('anything')).rejects.toMatchObject({ status: 403, message: expect.stringContaining('again') });
});

it('what counts is when the provider asked them, not that it knew them from before', async () => {
  const confirm = confirmOf({ begun: Date.now(), way: 'oidc', shown: Date.now() - quarter });
  await expect(confirm(undefined)).rejects.toMatchObject({ status: 403 });
});

it('a session that has ended while the body came makes no keys, whatever password is sent', async () => {
  for (const ended of [{ ...principal, credentialVersion: 2 }, null]) {
    for (const way of ['oidc', 'password'] as const) {
      const confirm = confirmOf({ begun: Date.now(), way }, () => ended);
      await expect(confirm('the old one')).rejects.toMatchObject({ status: 401 });
    }
  }
});
