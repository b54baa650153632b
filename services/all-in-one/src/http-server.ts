import { davRoute, FRONTEND_PORTS, type FrontendPorts, type RawHandler } from '@almanac/service-dav-frontend';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import type { EmbeddedStore } from './store/embedded-store.js';

/** A proxy in front keeps its connections for a minute; ours end later than that. */
const keepAliveTimeout = 75_000;

/** Whoever has not sent a whole request after so many milliseconds is let go. */
const requestTimeout = 120_000;

/** The HTTP side: health probes by Nest, everything else is DAV. */
export async function httpServer(store: EmbeddedStore): Promise<NestFastifyApplication> {
  let handle: RawHandler | undefined;
  const adapter = new FastifyAdapter({
    keepAliveTimeout,
    requestTimeout,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 10_000 },
    // `OPTIONS *` asks about the server as a whole, which is what its root tells.
    rewriteUrl: ({ url = '/' }) => (url === '*' ? '/' : url),
    // URLs that Fastify's router cannot decode get the same kind of answer as all others.
    frameworkErrors: (_error: Error, request: FastifyRequest, reply: FastifyReply) => {
      reply.hijack();
      handle?.(request.raw, reply.raw);
    },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(store), adapter, {
    bodyParser: false,
    logger: false,
  });
  const ports = app.get<FrontendPorts>(FRONTEND_PORTS);
  handle = davRoute(adapter.getInstance() as never, ports);
  await app.init();
  return app;
}
