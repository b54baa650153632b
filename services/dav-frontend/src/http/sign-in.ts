import type { IncomingMessage } from 'node:http';
import { DavError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import { json, readJson } from '../api/api-request.js';
import { sessionPath, sessionJson } from '../api/session.js';
import type { FrontendPorts } from '../frontend-ports.js';
import { accountOf, type Gatekeeper, loginKeys, maxLogin } from './authenticate.js';
import { checkOwnPassword, maxPassword } from './check-password.js';
import type { DavResponse } from './dav-request.js';
import { hostOf, type OriginSettings, readRequest } from './read-request.js';
import { demandOwnPage, endedSession, sessionCookie } from './session.js';

/** Begins or ends the session of a page; null for other requests. Faults are told like those of the rest of the API. */
export async function signInOrOut(
  message: IncomingMessage,
  ports: FrontendPorts,
  { gate, settings }: { readonly gate: Gatekeeper; readonly settings: OriginSettings },
): Promise<DavResponse | null> {
  if (message.url !== sessionPath) return null;
  if (message.method === 'DELETE') {
    demandOwnPage(message);
    return { status: 204, headers: endedSession(readRequest(message, settings).origin) };
  }
  return message.method === 'POST' ? signIn(message, ports, { gate, settings }) : null;
}

async function signIn(
  message: IncomingMessage,
  ports: FrontendPorts,
  { gate, settings }: { readonly gate: Gatekeeper; readonly settings: OriginSettings },
): Promise<DavResponse> {
  demandOwnPage(message);
  const request = readRequest(message, settings);
  const { login, password } = await readJson({ request });
  if (typeof login !== 'string' || typeof password !== 'string') {
    throw new DavError(400, { detail: 'Send login and password.' });
  }
  if (login.length > maxLogin || password.length > maxPassword) {
    throw new DavError(400, { detail: `A login has ${maxLogin} characters at most, a password ${maxPassword}.` });
  }
  const { tenant, principal } = await accountOf(hostOf(message), login.trim(), ports);
  const keys = loginKeys(message, gate, { tenant, principal, login });
  const right = await gate.failures.attempt(keys, () => checkOwnPassword(principal, password));
  if (!right || tenant === null || principal === null) {
    log('info', 'wrong credentials', Object.fromEntries(keys.map(({ of, name }) => [of, name])));
    throw new DavError(401, {
      detail: 'User name or password is wrong.',
      headers: { 'WWW-Authenticate': 'Session' },
    });
  }
  const { origin } = request;
  const begun = { begun: Date.now(), way: 'password', origin } as const;
  const answer = json(200, sessionJson({ tenant, principal, origin, session: begun }));
  return { ...answer, headers: { ...answer.headers, ...(await sessionCookie(ports, { tenant, principal }, begun)) } };
}
