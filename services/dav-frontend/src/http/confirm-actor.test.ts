import type { IncomingMessage } from 'node:http';
import type { PrincipalRecord, TenantRecord } from '@almanac/contracts';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Gatekeeper } from './authenticate.js';
import { confirmation } from './confirm-actor.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('who has signed in elsewhere is asked for nothing for a quarter of an hour, and then to sign in again', async () => {
  const actor = {
    ...{ tenant: { id: 't' } as TenantRecord, principal: { id: 'ada' } as PrincipalRecord },
    session: { begun: Date.now(), way: 'oidc' } as const,
  };
  const confirm = confirmation({} as IncomingMessage, {} as Gatekeeper, actor);
  vi.setSystemTime(Date.now() + 15 * 60_000 - 1);
  await expect(confirm(undefined)).resolves.toBeUndefined();
  vi.setSystemTime(Date.now() + 1);
  await expect(confirm('anything')).rejects.toMatchObject({ status: 403, message: expect.stringContaining('again') });
});

it('what counts is when the provider asked them, not that it knew them from before', async () => {
  const actor = {
    ...{ tenant: { id: 't' } as TenantRecord, principal: { id: 'ada' } as PrincipalRecord },
    session: { begun: Date.now(), way: 'oidc', shown: Date.now() - 15 * 60_000 } as const,
  };
  const gate = { publicUrl: 'https://dav.example' } as Gatekeeper;
  await expect(confirmation({} as IncomingMessage, gate, actor)(undefined)).rejects.toMatchObject({ status: 403 });
});
