import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { log } from '@almanac/observability';
import { type AdminSocket, listenOnSocket } from './admin/admin-socket.js';
import type { Configuration } from './configuration.js';
import { httpServer } from './http-server.js';
import { applySeed } from './provision/apply-seed.js';
import { makeFirstAccount, welcome } from './provision/first-start.js';
import { readSeed } from './provision/seed-file.js';
import { type EmbeddedStore, openStore } from './store/embedded-store.js';

export interface RunningService {
  /** Where this machine reaches it. */
  readonly url: string;
  /** Sign-in data of a first account, else ''. */
  readonly welcome: string;
  /** Answers what is in flight, and closes the store. */
  stop(): Promise<void>;
}

/** Requests that are on their way when a stop is asked for still find an open door for so many milliseconds. */
const lastCall = 250;

/** Clients that keep sending or do not read get so many milliseconds after a stop was asked for. */
const grace = 3_500;

/**
 * @throws ConfigurationFault for settings or a seed that cannot be used; StoreInUse when the data folder is
 *   taken; what `listen` throws when the port is
 */
export async function startService(configuration: Configuration): Promise<RunningService> {
  const seed = configuration.seed === null ? null : readSeed(configuration.seed, configuration.profile);
  await demandFreePort(configuration);
  const store = await openStore(configuration.data, giveUp);
  const app = await httpServer(store);
  await app.listen(configuration.port, configuration.host);
  const { port } = app.getHttpServer().address() as AddressInfo;
  const url = `http://${urlHost(configuration.host)}:${port}`;
  if (seed !== null) await applySeed(store, seed);
  const first = seed === null ? await makeFirstAccount(store, configuration) : null;
  await store.settled();
  const socket = await listenOnSocket(configuration.data, store);
  return {
    url,
    welcome: first === null ? '' : `${welcome(first, configuration.publicUrl ?? url)}\n`,
    stop: () => stop({ app, socket, store }),
  };
}

/** Before anything is written: a second start by mistake is told of its port, and touches nothing. */
async function demandFreePort({ port, host }: Configuration): Promise<void> {
  const probe = createServer().listen(port, host);
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}

const urlHost = (host: string): string => {
  if (host === '0.0.0.0') return '127.0.0.1';
  if (host === '::') return '[::1]';
  return host.includes(':') ? `[${host}]` : host;
};

interface Running {
  readonly app: Awaited<ReturnType<typeof httpServer>>;
  readonly socket: AdminSocket;
  readonly store: EmbeddedStore;
}

async function stop({ app, socket, store }: Running): Promise<void> {
  const server = app.getHttpServer();
  server.prependListener('request', (_request: IncomingMessage, reply: ServerResponse) => {
    reply.shouldKeepAlive = false;
  });
  await delay(lastCall);
  const late = setTimeout(() => server.closeAllConnections(), grace);
  await app.close();
  clearTimeout(late);
  await socket.close();
  await store.close();
}

/** Without its writer the service cannot keep a promise; whoever runs it starts it anew. */
function giveUp(error: Error): never {
  log('error', 'the writer has ended; stopping', { error });
  process.exit(1);
}
