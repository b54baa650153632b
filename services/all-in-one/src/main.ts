import 'reflect-metadata';
import { StoreInUse } from '@almanac/adapters-embedded';
import { log, setLogLevel } from '@almanac/observability';
import { ConfigurationFault, readConfiguration } from './configuration.js';
import { startService } from './service.js';

/** The service on one machine: all services in one process on embedded storage (O6). */
async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  setLogLevel(configuration.logLevel);
  const service = await startService(configuration);
  const stop = (signal: string): void => {
    log('info', 'stopping', { signal });
    service.stop().then(
      () => process.exit(0),
      (error: unknown) => exitWith(error),
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.stdout.write(`${service.welcome}almanac ready on ${service.url}\n`);
}

function exitWith(error: unknown): never {
  process.stderr.write(`almanac: ${explain(error)}\n`);
  process.exit(1);
}

/** What the person who starts the service can do something about is said in a line; the rest with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof ConfigurationFault || error instanceof StoreInUse || error.name === 'ProvisioningError') {
    return error.message;
  }
  const { code, address, port } = error as Error & { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} on ${address} is in use; stop what listens there, or set ALMANAC_PORT.`;
  if (code === 'EACCES')
    return `no permission for ${error.message}; choose another port (ALMANAC_PORT) or data folder.`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}; set ALMANAC_HOST.`;
  return error.stack ?? error.message;
}

await main().catch(exitWith);
