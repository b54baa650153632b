import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FRONTEND_PORTS } from '../dav-frontend.module.js';
import type { FrontendPorts } from '../frontend-ports.js';
import { davRoute, type FrontendSettings, type RawHandler } from './dav-route.js';

/** A proxy in front keeps its connections for a minute; ours end later than that. */
const keepAliveTimeout = 75_000;

/** Whoever has not sent a whole request after so many milliseconds is let go; attachments are large, and some lines are slow. */
const requestTimeout = 15 * 60_000;

/** Whoever sends and reads nothing for so many milliseconds is, too. */
const connectionTimeout = 120_000;

/**
 * The HTTP side: what the module has controllers for (probes) is answered by Nest, everything else is DAV.
 * @param root imports DavFrontendModule and what that needs
 */
export async function davServer(root: DynamicModule, settings: FrontendSettings): Promise<NestFastifyApplication> {
  let handle: RawHandler | undefined;
  const adapter = new FastifyAdapter({
    keepAliveTimeout,
    requestTimeout,
    connectionTimeout,
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
  const app = await NestFactory.create<NestFastifyApplication>(root, adapter, { bodyParser: false, logger: false });
  const ports = app.get<FrontendPorts>(FRONTEND_PORTS);
  handle = davRoute(adapter.getInstance() as never, ports, settings);
  await app.init();
  return app;
}
