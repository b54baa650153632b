import { once } from 'node:events';
import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { expect, it, onTestFinished } from 'vitest';
import { closeServer } from './close-server.js';
import { listeningUrl } from './listening-url.js';

class RootModule {}

/** Answers with the number of octets that came. */
async function countingServer(): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ keepAliveTimeout: 60_000 });
  adapter.getInstance().addHook('onRequest', async ({ raw }, reply) => {
    reply.hijack();
    let size = 0;
    raw.on('data', (octets: Buffer) => (size += octets.length));
    raw.on('end', () => reply.raw.end(String(size)));
    raw.on('error', () => {});
  });
  const app = await NestFactory.create<NestFastifyApplication>(RootModule, adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  return app;
}

/** A connection that is kept for more, and an upload on it whose first octets have arrived. */
async function uploadUnderWay(app: NestFastifyApplication): Promise<ClientRequest> {
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const upload = request(listeningUrl(app, '127.0.0.1'), { method: 'PUT', agent });
  upload.write('first');
  await once(app.getHttpServer(), 'request');
  return upload;
}

it('answers an upload that goes on behind the closed door, and then waits for nothing more', async () => {
  const app = await countingServer();
  const upload = await uploadUnderWay(app);
  const closing = closeServer(app, { drain: 0, lastAnswer: 600_000 });
  await expect.poll(() => (app.getHttpServer() as { listening: boolean }).listening).toBe(false);
  upload.end(' and last');
  const [answer] = (await once(upload, 'response')) as [IncomingMessage];
  expect([answer.statusCode, String(await answer.toArray().then(Buffer.concat))]).toEqual([200, '14']);
  await closing;
});

it('cuts an upload that goes on for longer than the last answer may take', async () => {
  const app = await countingServer();
  const upload = await uploadUnderWay(app);
  const failed = once(upload, 'error');
  await closeServer(app, { drain: 0, lastAnswer: 100 });
  expect(await failed).toMatchObject([{ code: 'ECONNRESET' }]);
});
