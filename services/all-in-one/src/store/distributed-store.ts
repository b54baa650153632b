import { rebuildReadModels, untilReacted, verifyReadModels } from '@almanac/adapters-distributed';
import { directoryStream, tenantId } from '@almanac/contracts';
import { type Backbone, openBackbone, readBackboneConfiguration } from '@almanac/distributed-host';
import { ProvisioningError } from '@almanac/service-directory';
import { projectAll } from './project-all.js';
import { readModelGroups, type ServiceStore } from './service-store.js';

/** Who opens and closes homes (services/calendar). */
const homes = { name: 'calendar.homes', types: new Set(['PrincipalAdded', 'PrincipalRemoved'] as const) };

/** Nobody sits before a terminal for longer, in milliseconds. */
const patience = 20_000;

/**
 * Broker and database of the distributed mode, for administration.
 * @throws ConfigurationFault
 */
export async function openDistributedStore(environment: NodeJS.ProcessEnv): Promise<ServiceStore> {
  const backbone = openBackbone(readBackboneConfiguration(environment));
  const deadline = Date.now() + patience;
  await backbone.prepare(() => Date.now() > deadline);
  if (Date.now() > deadline) throw new Error('The database and the brokers do not answer; see the lines above.');
  await backbone.gateway.start();
  const { gateway, collections, members, trash, attachments, tenants, principals } = backbone;
  return {
    ...{ gateway, collections, members, trash, attachments, tenants, principals },
    settled: () => homesSettled(backbone),
    rebuild: async (group) => {
      let commits = 0;
      for (const one of group === undefined ? readModelGroups : [group]) {
        commits += await rebuildReadModels(backbone.database, one, { projectorFor: projectAll });
      }
      return commits;
    },
    verify: () => verifyReadModels(backbone.database, backbone.models, { projectorFor: projectAll }),
    backUp: async () => {
      throw new ProvisioningError(
        'invalid',
        'Back up MongoDB with its own tools: docs/operations/mongodb.md says how.',
      );
    },
    close: async () => {
      await gateway.close();
      await backbone.close();
    },
  };
}

/**
 * Every user that had been added has a home, and who had been removed has none; or it takes too long, and follows as soon as
 * the calendar service runs.
 */
async function homesSettled({ commits, positions, tenants }: Backbone): Promise<void> {
  const streams = (await tenants.tenants()).map(({ id }) => directoryStream(tenantId(id)));
  const deadline = Date.now() + patience;
  await untilReacted(
    { commits, positions },
    { consumer: homes, among: { streams }, isStopped: () => Date.now() > deadline },
  );
}
