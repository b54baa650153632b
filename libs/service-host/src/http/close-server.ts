import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Clients that keep sending or do not read get so many milliseconds after the door was closed. */
const grace = 3_500;

/**
 * Closes a server without failing a request: for a while it goes on taking connections, telling each that it is the last
 * answer; then the door is closed, and what is in flight is answered.
 * @param lastCall milliseconds in which requests that are on their way still find an open door
 */
export async function closeServer(app: NestFastifyApplication, lastCall: number): Promise<void> {
  const server = app.getHttpServer();
  server.prependListener('request', (_request: IncomingMessage, reply: ServerResponse) => {
    reply.shouldKeepAlive = false;
  });
  await delay(lastCall);
  const late = setTimeout(() => server.closeAllConnections(), grace);
  await app.close();
  clearTimeout(late);
}
