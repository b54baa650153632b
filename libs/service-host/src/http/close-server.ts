import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** How a server that is told to end goes about it. */
export interface Closing {
  /** Milliseconds in which requests that are on their way still find an open door. */
  readonly drain: number;
  /** Milliseconds after which whoever keeps sending, or does not read, is cut off. */
  readonly lastAnswer: number;
}

/** Milliseconds between two looks for connections on which the last answer has been given. */
const poll = 100;

/**
 * Closes a server without failing a request: for a while it goes on taking connections, telling each that it is the last
 * answer; then the door is closed, and what is in flight is answered.
 */
export async function closeServer(app: NestFastifyApplication, { drain, lastAnswer }: Closing): Promise<void> {
  const server = app.getHttpServer();
  server.prependListener('request', (_request: IncomingMessage, reply: ServerResponse) => {
    reply.shouldKeepAlive = false;
  });
  await delay(drain);
  const late = setTimeout(() => server.closeAllConnections(), lastAnswer);
  // Requests from before do not know that they were the last: their connections would be kept for others.
  const idle = setInterval(() => server.closeIdleConnections(), poll);
  await app.close();
  clearInterval(idle);
  clearTimeout(late);
}

/** What else there is to end takes less, in milliseconds. */
const rest = 10_000;

/** Milliseconds within which a process with such a server ends. */
export const stopLimitOf = ({ drain, lastAnswer }: Closing): number => drain + lastAnswer + rest;
