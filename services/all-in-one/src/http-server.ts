import { davRoute, FRONTEND_PORTS, type FrontendPorts } from '@almanac/service-dav-frontend';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import type { EmbeddedStore } from './store/embedded-store.js';

/** A proxy in front keeps its connections for a minute; ours end later than that. */
const keepAliveTimeout = 75_000;

/** The HTTP side: health probes by Nest, everything else is DAV. */
export async function httpServer(store: EmbeddedStore): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    keepAliveTimeout,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 10_000 },
    // `OPTIONS *` asks about the server as a whole, which is what its root tells.
    rewriteUrl: ({ url = '/' }) => (url === '*' ? '/' : url),
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.over(store), adapter, {
    bodyParser: false,
    logger: false,
  });
  const ports = app.get<FrontendPorts>(FRONTEND_PORTS);
  davRoute(adapter.getInstance() as never, ports);
  await app.init();
  return app;
}
