import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { sendResponse } from '../http/send-response.js';
import type { Pages } from './pages.js';

/** Probes, if the root has any, and pages; nothing else is here. */
export async function pageServer(root: DynamicModule, pages: Pages): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ exposeHeadRoutes: false });
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, logger: false });
  adapter.getInstance().all(
    '/*',
    {
      onRequest: (request, reply) => {
        reply.hijack();
        void answer(request.raw, reply.raw, pages);
      },
    },
    () => {},
  );
  await app.init();
  return app;
}

const nothing = {
  status: 404,
  headers: { 'Content-Type': 'text/plain; charset=utf-8' },
  body: 'There is no page here; the calendars are where the frontends are.\n',
};

async function answer(message: IncomingMessage, reply: ServerResponse, pages: Pages): Promise<void> {
  await sendResponse(message, reply, (await pages.respond(message)) ?? nothing);
}
