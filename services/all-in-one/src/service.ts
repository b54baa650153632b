import { once } from 'node:events';
import { createServer } from 'node:net';
import { ClamavScanner } from '@almanac/adapters-clamav';
import { log } from '@almanac/observability';
import { davServer } from '@almanac/service-dav-frontend';
import { noOtherProcess, noScanner } from '@almanac/ports';
import { PeriodicCollection } from '@almanac/service-attachments';
import { closeServer, listeningUrl, SignedLinks, stopLimitOf } from '@almanac/service-host';
import { type AdminSocket, listenOnSocket } from './admin/admin-socket.js';
import type { Configuration } from './configuration.js';
import { AppModule, type AttachmentTools } from './app.module.js';
import { applySeed } from './provision/apply-seed.js';
import { knownHosts, makeFirstAccount, welcome } from './provision/first-start.js';
import { readSeed } from './provision/seed-file.js';
import { type FolderStore, openStore } from './store/embedded-store.js';
import { linkKey } from './store/link-key.js';

export interface RunningService {
  /** Where this machine reaches it. */
  readonly url: string;
  /** Sign-in data of a first account, else ''. */
  readonly welcome: string;
  /** Milliseconds within which `stop` is done. */
  readonly stopLimit: number;
  /** Answers what is in flight, and closes the store. */
  stop(): Promise<void>;
}

/** Requests that are on their way when a stop is asked for still find an open door for so many milliseconds. */
const drain = 250;

/**
 * @throws ConfigurationFault for settings or a seed that cannot be used; StoreInUse when the data folder is
 *   taken; what `listen` throws when the port is
 */
export async function startService(configuration: Configuration): Promise<RunningService> {
  const seed = configuration.seed === null ? null : readSeed(configuration.seed, configuration.profile);
  await demandFreePort(configuration);
  const store = await openStore(configuration.data, giveUp);
  const { trustProxy, publicUrl, trashRetention, pages, oidcSecrets, lastAnswer } = configuration;
  const root = AppModule.over(store, attachmentTools(configuration));
  const settings = { trustProxy, publicUrl, directoryLag: 0, trashRetention, pages, oidcSecrets };
  const app = await davServer(root, settings);
  await app.listen(configuration.port, configuration.host);
  const url = listeningUrl(app, configuration.host);
  if (seed !== null) await applySeed(store, seed);
  const first =
    seed === null
      ? await makeFirstAccount(store, { profile: configuration.profile, hosts: knownHosts(configuration) })
      : null;
  await store.settled();
  const socket = await listenOnSocket(configuration.data, store);
  const collection = new PeriodicCollection(
    { ...store, now: Date.now },
    configuration.attachments.grace,
    noOtherProcess,
  );
  collection.start();
  return {
    url,
    welcome: first === null ? '' : `${welcome(first, configuration.publicUrl ?? url)}\n`,
    stopLimit: stopLimitOf({ drain, lastAnswer }),
    stop: () => stop({ app, socket, collection, store, lastAnswer }),
  };
}

function attachmentTools({ data, attachments: { clamav, linkKey: given } }: Configuration): AttachmentTools {
  const scanner = clamav === null ? noScanner : new ClamavScanner(clamav);
  const key = given ?? linkKey(data);
  return { scanner, links: new SignedLinks(async () => key) };
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
  readonly collection: PeriodicCollection;
  readonly store: FolderStore;
  readonly lastAnswer: number;
}

async function stop({ app, socket, collection, store, lastAnswer }: Running): Promise<void> {
  await closeServer(app, { drain, lastAnswer });
  await collection.stop();
  await socket.close();
  await store.close();
}

/** Without its writer the service cannot keep a promise; whoever runs it starts it anew. */
function giveUp(error: Error): never {
  log('error', 'the writer has ended; stopping', { error });
  process.exit(1);
}
