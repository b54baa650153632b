import type { IncomingMessage } from 'node:http';
import { tenantId } from '@almanac/contracts';
import { DavError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import type { FrontendPorts } from '../frontend-ports.js';
import { type Gatekeeper, loginKeys } from './authenticate.js';
import { askAnew } from '../oidc/ask-anew.js';
import { checkOwnPassword, maxPassword } from './check-password.js';
import { originOf } from './read-request.js';
import type { SignedIn } from './recent-sign-ins.js';

/** Milliseconds for which who has signed in elsewhere counts as having shown who they are. */
const recently = 15 * 60_000;

interface Confirming {
  readonly gate: Gatekeeper;
  readonly ports: Pick<FrontendPorts, 'principals'>;
}

/**
 * What makes keys to the account wants to know that it is its owner who sits there: a page may have been left open. Wrong
 * passwords count like those at the sign-in. The session may have ended since the request began: its body can take long.
 */
export const confirmation =
  (message: IncomingMessage, { gate, ports }: Confirming, { tenant, principal, session }: SignedIn) =>
  async (password: unknown): Promise<void> => {
    const now = await ports.principals.principal(tenantId(tenant.id), principal.id);
    if (now?.credentialVersion !== principal.credentialVersion) {
      throw new DavError(401, { detail: 'The session has ended.', headers: { 'WWW-Authenticate': 'Session' } });
    }
    if (session?.way === 'oidc') {
      if (Date.now() - (session.shown ?? session.begun) < recently) return;
      const headers: Record<string, string> =
        session.shown === undefined ? {} : { 'Set-Cookie': askAnew(originOf(message, gate)) };
      throw new DavError(403, { detail: 'Sign in again first: it has been a while.', headers });
    }
    if (typeof password !== 'string' || password === '' || password.length > maxPassword) {
      throw new DavError(403, { detail: 'Give your own password once more.' });
    }
    const keys = loginKeys(message, gate, { tenant, principal, login: principal.login ?? principal.id });
    if (await gate.failures.attempt(keys, () => checkOwnPassword(principal, password))) return;
    log('info', 'wrong credentials', Object.fromEntries(keys.map(({ of, name }) => [of, name])));
    throw new DavError(403, { detail: 'The password is wrong.' });
  };
