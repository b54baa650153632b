import 'reflect-metadata';
import { setTimeout as delay } from 'node:timers/promises';
import { type Backbone, BackboneModule, openBackbone, readHostConfiguration } from '@almanac/distributed-host';
import { setLogLevel } from '@almanac/observability';
import {
  closeServer,
  HealthModule,
  listeningUrl,
  operationsServer,
  type Probes,
  readOidcSecrets,
  readPagesPlace,
  readTrashRetention,
  type Running,
  runProgram,
  stopLimitOf,
} from '@almanac/service-host';
import { DavFrontendModule } from './dav-frontend.module.js';
import { davServer } from './http/dav-server.js';

/** Far less than the second within which what was revoked must have no effect any more (design 7). */
const directoryLag = 300;

/** Milliseconds before connections are cut in which whoever still waits for an outcome is told to come again. */
const farewell = 1_000;

/** Milliseconds that a start which is under way is waited for when the process is told to end. */
const startLimit = 2_500;

/** What Nest's modules hang on. */
class RootModule {}

/** One replica of the frontend. */
async function start(): Promise<Running> {
  const configuration = readHostConfiguration(process.env);
  const { host, port, adminPort, drain, lastAnswer, trustProxy, publicUrl, logLevel } = configuration;
  setLogLevel(logLevel);
  const backbone = openBackbone(configuration.backbone);
  const progress = { state: 'starting' };
  const health = HealthModule.over(
    probesOf(backbone, () => progress.state),
    ['service', 'database'],
  );
  const imports = [BackboneModule.over(backbone), DavFrontendModule, ...(adminPort === null ? [health] : [])];
  const app = await davServer(
    { module: RootModule, imports },
    {
      trustProxy,
      publicUrl,
      directoryLag,
      trashRetention: readTrashRetention(process.env),
      pages: readPagesPlace(process.env),
      oidcSecrets: readOidcSecrets(process.env),
    },
  );
  const operations = adminPort === null ? null : await operationsServer({ module: RootModule, imports: [health] });
  await operations?.listen(adminPort ?? 0, host);
  await app.listen(port, host);
  const prepare = async (): Promise<void> => {
    await backbone.prepare(() => progress.state === 'stopping');
    if (progress.state === 'stopping') return;
    await backbone.gateway.start();
    progress.state = 'running';
    process.stdout.write(`almanac dav-frontend ready on ${listeningUrl(app, host)}\n`);
  };
  const started = prepare().catch((error: unknown) => {
    // What waits for its group is told to leave.
    if (progress.state !== 'stopping') throw error;
  });
  return {
    started,
    stopLimit: stopLimitOf(configuration),
    async stop() {
      progress.state = 'stopping';
      const late = setTimeout(() => void backbone.gateway.close(), drain + lastAnswer - farewell);
      await closeServer(app, configuration);
      clearTimeout(late);
      await Promise.race([started, delay(startLimit)]);
      await backbone.gateway.close();
      await operations?.close();
      await backbone.close();
    },
  };
}

const probesOf = (backbone: Backbone, state: () => string): Probes => ({
  service: async () => {
    if (state() !== 'running') throw new Error(`the service is ${state()}`);
  },
  database: () => backbone.askDatabase(),
  replies: async () => backbone.gateway.demandHealthy(),
});

await runProgram('dav-frontend', start);
