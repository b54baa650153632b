import type { IncomingMessage } from 'node:http';
import type { PrincipalRecord, TenantRecord } from '@almanac/contracts';
import { SignedLinks } from '@almanac/service-host';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FrontendPorts } from '../frontend-ports.js';
import { sessionCookie, sessionOf } from './session.js';

const tenant = { id: 'example' } as TenantRecord;
const principal = { id: 'ada', kind: 'user', credentialVersion: 1 } as PrincipalRecord;
const ports = {
  links: new SignedLinks(async () => new Uint8Array(32)),
  tenants: { tenant: async () => tenant },
  principals: { principal: async () => principal },
} as unknown as FrontendPorts;
const origin = 'http://127.0.0.1';
const hour = 3_600_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('a session goes on while somebody looks at it, and ends after seven days all the same', async () => {
  const session = { begun: Date.now(), way: 'oidc', shown: Date.now() - 1, origin } as const;
  let { 'Set-Cookie': cookie } = await sessionCookie(ports, { tenant, principal }, session);
  const found = () => {
    const message = { headers: { cookie: cookie.split(';', 1)[0] } } as IncomingMessage;
    return sessionOf(message, ports, origin);
  };
  for (let hours = 0; hours < 7 * 24; hours += 8) {
    const known = await found();
    expect(known?.session).toEqual({ begun: session.begun, way: 'oidc', shown: session.shown });
    ({ 'Set-Cookie': cookie } = await sessionCookie(ports, { tenant, principal }, { ...session, ...known?.session }));
    vi.setSystemTime(Date.now() + 8 * hour);
  }
  expect(await found()).toBeNull();
  expect(cookie).toContain(`Max-Age=${8 * 3600};`);
});

it('a session that nobody looks at ends after twelve hours', async () => {
  const session = { begun: Date.now(), way: 'oidc', origin } as const;
  const { 'Set-Cookie': cookie } = await sessionCookie(ports, { tenant, principal }, session);
  const message = { headers: { cookie } } as IncomingMessage;
  vi.setSystemTime(Date.now() + 12 * hour - 1);
  expect((await sessionOf(message, ports, origin))?.session.way).toBe('oidc');
  vi.setSystemTime(Date.now() + 1);
  expect(await sessionOf(message, ports, origin)).toBeNull();
});
