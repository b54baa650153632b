import { type IncomingMessage, METHODS, type ServerResponse } from 'node:http';
import { limitsOf } from '@almanac/contracts';
import { annotate, log, serverSpan, span } from '@almanac/observability';
import type { FastifyInstance } from 'fastify';
import { dispatch } from '../dispatch.js';
import type { FrontendPorts } from '../frontend-ports.js';
import { davHeader } from '../methods/allowed-methods.js';
import { authenticate, type Gatekeeper } from './authenticate.js';
import type { DavResponse } from './dav-request.js';
import { FailedLogins } from './failed-logins.js';
import { readRequest } from './read-request.js';
import { errorResponse, sendResponse } from './send-response.js';
import { VerifiedCredentials } from './verified-credentials.js';

/** RFC 6764 5, row C1: every method is sent on to the root. */
const wellKnown = '/.well-known/caldav';

/**
 * The life of a DAV request: read → authenticate → dispatch → send. Bodies stay with the request as a stream, and the
 * method takes what it allows.
 */
export function davRoute(fastify: FastifyInstance, ports: FrontendPorts): void {
  const unknown = METHODS.filter((method) => !fastify.supportedMethods.includes(method));
  for (const method of unknown) fastify.addHttpMethod(method, { hasBody: true });
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser('*', (_request, _payload, done) => done(null));
  const gate = { verified: new VerifiedCredentials(), failures: new FailedLogins() };
  fastify.all('/*', async (request, reply) => {
    reply.hijack();
    await answer(request.raw, reply.raw, { ports, gate });
  });
}

interface Frontend {
  readonly ports: FrontendPorts;
  readonly gate: Gatekeeper;
}

async function answer(message: IncomingMessage, reply: ServerResponse, frontend: Frontend): Promise<void> {
  const traceparent = message.headers['traceparent'];
  const carrier = {
    traceparent: typeof traceparent === 'string' ? traceparent : undefined,
    attributes: { 'http.request.method': message.method ?? '' },
  };
  await serverSpan('dav-request', carrier, async () => {
    reply.setHeader('DAV', davHeader);
    const before = performance.now();
    const response = await respond(message, frontend).catch(errorResponse);
    annotate({ 'http.response.status_code': response.status });
    log('debug', 'request', {
      method: message.method,
      url: message.url,
      status: response.status,
      milliseconds: Math.round(performance.now() - before),
      userAgent: message.headers['user-agent'],
    });
    await sendResponse(message, reply, response).catch(() => reply.destroy());
  });
}

async function respond(message: IncomingMessage, { ports, gate }: Frontend): Promise<DavResponse> {
  if (isWellKnown(message.url)) return { status: 301, headers: { Location: '/' } };
  const { tenant, principal } = await span('authenticate', {}, () => authenticate(message, ports, gate));
  annotate({ 'almanac.tenant': tenant.id });
  const request = readRequest(message);
  return dispatch({ ports, tenant, limits: limitsOf(tenant), principal, request });
}

/** Proxies may send the target in absolute form (RFC 9112 3.2.2). */
function isWellKnown(url = ''): boolean {
  const path = url.replace(/^https?:\/\/[^/]*/i, '');
  return path === wellKnown || path.startsWith(`${wellKnown}/`) || path.startsWith(`${wellKnown}?`);
}
