import type { IncomingMessage, ServerResponse } from 'node:http';
import { DavError, writeError } from '@almanac/dav-protocol';
import { log } from '@almanac/observability';
import { CommandFailed, Unavailable } from '@almanac/ports';
import type { DavResponse } from './dav-request.js';

const xmlType = 'application/xml; charset=utf-8';

/** A body in pieces is gathered up to so many characters before it is written. */
const chunkLength = 64 * 1024;

/** A body that nobody read is taken in, up to so many octets, so that the connection can be used again. */
const maxUnread = 256 * 1024;

export async function sendResponse(
  message: IncomingMessage,
  reply: ServerResponse,
  { status, headers = {}, body, content, events }: DavResponse,
): Promise<void> {
  releaseConnection(message, reply);
  reply.setHeaders(new Map(Object.entries(headers)));
  reply.statusCode = status;
  if (events !== undefined) {
    await sendEvents(reply, events);
    return;
  }
  if (content !== undefined) {
    reply.setHeader('Content-Length', content.size);
    await (message.method === 'HEAD' ? reply.end() : sendContent(reply, content.pieces));
    return;
  }
  if (body === undefined || typeof body === 'string' || body instanceof Uint8Array) {
    const octets = typeof body === 'object' ? body : Buffer.from(body ?? '');
    if (status !== 204 && status !== 304) reply.setHeader('Content-Length', octets.byteLength);
    reply.end(message.method === 'HEAD' ? undefined : octets);
    return;
  }
  if (message.method === 'HEAD') reply.end();
  else await stream(reply, body);
}

/** Refused before its body was read: either the rest is small, or the connection ends with the answer. */
function releaseConnection(message: IncomingMessage, reply: ServerResponse): void {
  if (message.complete) return;
  const announced = message.headers['content-length'];
  if (announced === undefined || Number(announced) > maxUnread) reply.setHeader('Connection', 'close');
  message.resume();
}

/** Writes as fast as the client reads; what fits into one chunk goes out whole, with its length. */
async function stream(reply: ServerResponse, pieces: AsyncIterable<string>): Promise<void> {
  let held = '';
  for await (const chunk of gathered(pieces)) {
    if (reply.destroyed) return;
    if (held !== '' && !reply.write(held)) await drained(reply);
    held = chunk;
  }
  reply.end(held);
}

/** Writes as fast as the client reads; who leaves half-way ends the reading, too. */
async function sendContent(reply: ServerResponse, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    if (reply.destroyed) return;
    if (!reply.write(piece)) await drained(reply);
  }
  reply.end();
}

/** The answer begins with the first event. Who leaves ends what was made for them. */
async function sendEvents(reply: ServerResponse, events: AsyncIterable<string>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  reply.on('close', () => void iterator.return?.());
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
    if (reply.destroyed) return;
    if (!reply.write(next.value)) await drained(reply);
  }
  reply.end();
}

/** Fulfilled when more can be written, or the client has gone. */
function drained(reply: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      reply.off('drain', done);
      reply.off('close', done);
      resolve();
    };
    reply.on('drain', done);
    reply.on('close', done);
  });
}

async function* gathered(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < chunkLength) continue;
    yield waiting;
    waiting = '';
  }
  yield waiting;
}

/** The one place where an exception becomes an answer (design 6). */
export function errorResponse(error: unknown): DavResponse {
  if (error instanceof DavError) {
    const type = { 'Content-Type': xmlType };
    return { status: error.status, headers: { ...type, ...error.headers }, body: writeError(error) };
  }
  if (error instanceof Unavailable || isStuck(error)) {
    return errorResponse(new DavError(503, { detail: error.message, headers: { 'Retry-After': '2' } }));
  }
  log('error', 'a request failed', { error });
  return errorResponse(new DavError(500, { detail: 'The server made a mistake; it has been logged.' }));
}

/** Nobody's fault of this request: the stream takes writes again once a person has looked at it. */
const isStuck = (error: unknown): error is CommandFailed =>
  error instanceof CommandFailed && error.met === 'StreamStuck';

/** An answer with an XML body. */
export const xmlResponse = (status: number, body: string | AsyncIterable<string>): DavResponse => ({
  status,
  headers: { 'Content-Type': xmlType },
  body,
});
