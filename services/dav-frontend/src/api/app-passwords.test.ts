import { accepted, type PrincipalRecord, type TenantRecord } from '@almanac/contracts';
import { SignedLinks } from '@almanac/service-host';
import { expect, it } from 'vitest';
import type { RequestContext } from '../request-context.js';
import { revokeAppPassword } from './app-passwords.js';

/** @param credentialVersion the user's, after the revocation was carried out as version 5 */
function contextWith(credentialVersion: number): RequestContext {
  const tenant = { id: 'example' } as TenantRecord;
  const principal = { id: 'ada', kind: 'user', credentialVersion: 4 } as PrincipalRecord;
  return {
    ...{ tenant, principal, session: { begun: Date.now(), way: 'password' } },
    request: { origin: 'http://127.0.0.1' },
    viewer: async () => ({ id: 'ada', groups: [] }),
    ports: {
      gateway: { execute: async () => accepted({ version: 5 }) },
      principals: { principal: async () => ({ ...principal, credentialVersion }) },
      links: new SignedLinks(async () => new Uint8Array(32)),
    },
  } as unknown as RequestContext;
}

it('the session that revokes goes on, but not beyond what has ended all of them just after', async () => {
  const headersAt = async (version: number) => (await revokeAppPassword(contextWith(version), ['k'])).headers;
  expect(await headersAt(5)).toHaveProperty('Set-Cookie');
  expect(await headersAt(6)).toEqual({});
});
