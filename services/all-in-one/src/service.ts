import { once } from 'node:events';
import { createServer } from 'node:net';
import { log } from '@almanac/observability';
import { davServer } from '@almanac/service-dav-frontend';
import { closeServer, listeningUrl } from '@almanac/service-host';
import { type AdminSocket, listenOnSocket } from './admin/admin-socket.js';
import type { Configuration } from './configuration.js';
import { AppModule } from './app.module.js';
import { applySeed } from './provision/apply-seed.js';
import { knownHosts, makeFirstAccount, welcome } from './provision/first-start.js';
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

/**
 * @throws ConfigurationFault for settings or a seed that cannot be used; StoreInUse when the data folder is
 *   taken; what `listen` throws when the port is
 */
export async function startService(configuration: Configuration): Promise<RunningService> {
  const seed = configuration.seed === null ? null : readSeed(configuration.seed, configuration.profile);
  await demandFreePort(configuration);
  const store = await openStore(configuration.data, giveUp);
  const app = await davServer(AppModule.over(store), { trustProxy: configuration.trustProxy, directoryLag: 0 });
  await app.listen(configuration.port, configuration.host);
  const url = listeningUrl(app, configuration.host);
  if (seed !== null) await applySeed(store, seed);
  const first =
    seed === null
      ? await makeFirstAccount(store, { profile: configuration.profile, hosts: knownHosts(configuration) })
      : null;
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

interface Running {
  readonly app: Awaited<ReturnType<typeof davServer>>;
  readonly socket: AdminSocket;
  readonly store: EmbeddedStore;
}

async function stop({ app, socket, store }: Running): Promise<void> {
  await closeServer(app, lastCall);
  await socket.close();
  await store.close();
}

/** Without its writer the service cannot keep a promise; whoever runs it starts it anew. */
function giveUp(error: Error): never {
  log('error', 'the writer has ended; stopping', { error });
  process.exit(1);
}
