import 'reflect-metadata';
import { setLogLevel } from '@almanac/observability';
import {
  closeServer,
  ConfigurationFault,
  HealthModule,
  listeningUrl,
  operationsServer,
  readPagesConfiguration,
  type Running,
  runProgram,
  stopLimitOf,
} from '@almanac/service-host';
import { pageServer } from './page-server.js';
import { Pages } from './pages.js';

/** What Nest's modules hang on. */
class RootModule {}

/** One replica of what serves the pages alone; what they ask for goes to a frontend, by whatever is in front of both. */
async function start(): Promise<Running> {
  const configuration = readPagesConfiguration(process.env);
  const { folder, host, port, adminPort, logLevel } = configuration;
  setLogLevel(logLevel);
  const pages = Pages.in(folder);
  if (pages === null) throw new ConfigurationFault('ALMANAC_PAGES names no folder with pages; build them, or set it.');
  const health = HealthModule.over({ service: async () => {} });
  const app = await pageServer({ module: RootModule, imports: adminPort === null ? [health] : [] }, pages);
  const operations = adminPort === null ? null : await operationsServer({ module: RootModule, imports: [health] });
  await operations?.listen(adminPort ?? 0, host);
  await app.listen(port, host);
  process.stdout.write(`almanac web ready on ${listeningUrl(app, host)}\n`);
  return {
    stopLimit: stopLimitOf(configuration),
    async stop() {
      await closeServer(app, configuration);
      await operations?.close();
    },
  };
}

await runProgram('web', start);
