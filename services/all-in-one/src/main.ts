import 'reflect-metadata';
import { StoreFault, StoreInUse } from '@almanac/adapters-embedded';
import { setLogLevel } from '@almanac/observability';
import { ProvisioningError } from '@almanac/service-directory';
import { runProgram } from '@almanac/service-host';
import { readConfiguration } from './configuration.js';
import { startService } from './service.js';

/** The service on one machine: all services in one process on embedded storage (O6). */
await runProgram('all-in-one', async () => {
  const configuration = readConfiguration(process.env);
  setLogLevel(configuration.logLevel);
  const service = await startService(configuration);
  process.stdout.write(`${service.welcome}almanac ready on ${service.url}\n`);
  return service;
}, [StoreFault.name, StoreInUse.name, ProvisioningError.name]);
