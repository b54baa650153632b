import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { limitsOf } from '@almanac/contracts';
import { annotate, log, serverSpan, span } from '@almanac/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { dispatch } from '../dispatch.js';
import type { FrontendPorts } from '../frontend-ports.js';
import { signedContent } from '../attachments/signed-content.js';
import { signInWays } from '../api/sign-in-ways.js';
import { Providers } from '../oidc/providers.js';
import { signInElsewhere } from '../oidc/sign-in-elsewhere.js';
import type { OidcSecrets, PagesPlace } from '@almanac/service-host';
import { deviceProfile } from '../api/device-profile.js';
import { isApiPath, problemOf } from '../api/api-route.js';
import { davHeader } from '../methods/allowed-methods.js';
import { AppPasswordUses } from './app-password-uses.js';
import { authenticate, type Gatekeeper } from './authenticate.js';
import type { ProxyTrust } from './client-address.js';
import type { DavResponse } from './dav-request.js';
import { confirmation } from './confirm-actor.js';
import { FailedLogins } from './failed-logins.js';
import { loggedUrl } from './logged-url.js';
import { pagesElsewhere } from '../pages/pages-elsewhere.js';
import { Pages } from '../pages/pages.js';
import { RecentSignIns } from './recent-sign-ins.js';
import { hostOf, readRequest } from './read-request.js';
import { signInOrOut } from './sign-in.js';
import { viewerOf } from '../resources/viewer.js';
import { errorResponse, sendResponse } from './send-response.js';
import { SharedLookUps } from './shared-look-ups.js';
import { VerifiedCredentials } from './verified-credentials.js';

export interface FrontendSettings extends ProxyTrust {
  /** Scheme and authority under which clients reach the service; null: what requests say. */
  readonly publicUrl: string | null;
  /** For how many milliseconds a deleted folder can be restored. */
  readonly trashRetention: number;
  /** Milliseconds for which what the directory said of a signed-in user is relied on. */
  readonly directoryLag: number;
  readonly pages: PagesPlace;
  readonly oidcSecrets: OidcSecrets;
}

/** RFC 6764 5, row C1: every method is sent on to the root. */
const wellKnown = '/.well-known/caldav';

/**
 * The life of a DAV request: read → authenticate → dispatch → send. It is taken out of Fastify's hands before that looks
 * at the body: the method takes of it what it allows.
 * @returns what answers a request that Fastify itself cannot read
 */
export function davRoute(fastify: FastifyInstance, ports: FrontendPorts, settings: FrontendSettings): RawHandler {
  const unknown = METHODS.filter((method) => !fastify.supportedMethods.includes(method));
  for (const method of unknown) fastify.addHttpMethod(method, { hasBody: true });
  const closing = new AbortController();
  fastify.addHook('preClose', async () => closing.abort());
  const handle = inOrder({
    closing: closing.signal,
    ports,
    settings,
    pages: Pages.in(settings.pages.folder),
    providers: new Providers(settings.oidcSecrets),
    gate: {
      ...settings,
      recent: new RecentSignIns(settings.directoryLag),
      accounts: new SharedLookUps(),
      verified: new VerifiedCredentials(),
      failures: new FailedLogins(),
      uses: new AppPasswordUses(ports.gateway),
    },
  });
  const takeOver = (request: FastifyRequest, reply: FastifyReply): void => {
    reply.hijack();
    handle(request.raw, reply.raw);
  };
  fastify.all('/*', { onRequest: takeOver }, () => {});
  return handle;
}

export type RawHandler = (message: IncomingMessage, reply: ServerResponse) => void;

/** Requests that are sent down one connection without waiting are answered one after the other (RFC 9112 9.3.2). */
function inOrder(frontend: Frontend): RawHandler {
  const last = new WeakMap<Socket, Promise<void>>();
  return (message, reply) => {
    const before = last.get(message.socket);
    const done =
      before === undefined ? answer(message, reply, frontend) : before.then(() => answer(message, reply, frontend));
    last.set(message.socket, done);
    void done.then(() => {
      if (last.get(message.socket) === done) last.delete(message.socket);
    });
  };
}

interface Frontend {
  readonly ports: FrontendPorts;
  readonly settings: FrontendSettings;
  readonly gate: Gatekeeper;
  readonly pages: Pages | null;
  readonly providers: Providers;
  readonly closing: AbortSignal;
}

async function answer(message: IncomingMessage, reply: ServerResponse, frontend: Frontend): Promise<void> {
  const traceparent = message.headers['traceparent'];
  const carrier = {
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    attributes: { 'http.request.method': message.method ?? '' },
  };
  await serverSpan('dav-request', carrier, async () => {
    reply.setHeader('DAV', davHeader(message.headers['user-agent']));
    const before = performance.now();
    const response = await respond(message, frontend).catch(errorResponse);
    annotate({ 'http.response.status_code': response.status });
    log('debug', 'request', {
      method: message.method,
      url: loggedUrl(message.url),
      status: response.status,
      milliseconds: Math.round(performance.now() - before),
      userAgent: message.headers['user-agent'],
    });
    await sendResponse(message, reply, response).catch((error: unknown) => failLate(message, reply, error));
  });
}

/** The answer broke off while it was made: if nothing has gone out yet, the client can still be told. */
async function failLate(message: IncomingMessage, reply: ServerResponse, error: unknown): Promise<void> {
  const response = errorResponse(error);
  if (reply.headersSent) reply.destroy();
  else await sendResponse(message, reply, response);
}

async function respond(message: IncomingMessage, frontend: Frontend): Promise<DavResponse> {
  if (isWellKnown(message.url)) return { status: 301, headers: { Location: calendarRoot(message, frontend) } };
  const open =
    (await frontend.pages?.respond(message)) ??
    pagesElsewhere(message, frontend.settings.pages.elsewhere) ??
    (await signedContent(message, frontend.ports, frontend.settings)) ??
    (await signInElsewhere(message, frontend));
  if (open !== null) return open;
  if (!isApi(message.url)) return respondTo(message, frontend);
  const response = await respondTo(message, frontend).catch(problemOf);
  return { ...response, headers: { ...response.headers, 'Cache-Control': 'private, no-store' } };
}

const isApi = (url = ''): boolean => isApiPath(url.split('/').slice(1));

async function respondTo(message: IncomingMessage, { ports, settings, gate, closing }: Frontend): Promise<DavResponse> {
  const open =
    (await deviceProfile(message, ports)) ??
    (await signInWays(message, ports)) ??
    (await signInOrOut(message, ports, { gate, settings }));
  if (open !== null) return open;
  const actor = await span('authenticate', {}, () => authenticate(message, ports, gate));
  const { tenant, principal, session = null } = actor;
  annotate({ 'almanac.tenant': tenant.id });
  const request = readRequest(message, settings);
  const viewer = viewerOf(ports, tenant, principal);
  const { publicUrl, trashRetention } = settings;
  return dispatch({
    ...{ ports, tenant, limits: limitsOf(tenant), principal, session, request, viewer },
    ...{ confirm: confirmation(message, { gate, ports }, actor), closing, publicUrl, trashRetention },
  });
}

/** Where devices begin (RFC 6764 5): here, or where the host is that of the pages alone, at the service's own. */
function calendarRoot(message: IncomingMessage, { settings: { pages, publicUrl } }: Frontend): string {
  const isOfPages = pages.elsewhere !== null && new URL(pages.elsewhere).host === hostOf(message);
  return isOfPages && publicUrl !== null ? `${publicUrl}/` : '/';
}

/** Proxies may send the target in absolute form (RFC 9112 3.2.2). */
function isWellKnown(url = ''): boolean {
  const path = url.replace(/^https?:\/\/[^/]*/i, '');
  return path === wellKnown || path.startsWith(`${wellKnown}/`) || path.startsWith(`${wellKnown}?`);
}
