import 'reflect-metadata';
import { StoreFault, StoreInUse } from '@almanac/adapters-embedded';
import { log, setLogLevel } from '@almanac/observability';
import { ProvisioningError } from '@almanac/service-directory';
import { ConfigurationFault, readConfiguration } from './configuration.js';
import { startService } from './service.js';

/** Store, log and backups are for the owner of the process alone. */
const ownerOnly = 0o077;

/** The service on one machine: all services in one process on embedded storage (O6). */
async function main(): Promise<void> {
  process.umask(ownerOnly);
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

/** By name: some come from the writer's thread. */
const plain: ReadonlySet<string> = new Set([
  ConfigurationFault.name,
  StoreFault.name,
  StoreInUse.name,
  ProvisioningError.name,
]);

/** What the person who starts the service can do something about is said in a line; the rest with its stack. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (plain.has(error.name)) return error.message;
  const { code, address, port } = error as Error & { code?: string; address?: string; port?: number };
  if (code === 'EADDRINUSE')
    return `port ${port} on ${address} is in use; stop what listens there, or set ALMANAC_PORT.`;
  if (code === 'EACCES')
    return `no permission for ${error.message}; choose another port (ALMANAC_PORT) or data folder.`;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `ALMANAC_HOST names no address: ${error.message}.`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address}; set ALMANAC_HOST.`;
  return error.stack ?? error.message;
}

await main().catch(exitWith);
