import { applySeed } from '../provision/apply-seed.js';
import { type FirstTenant, makeFirstAccount } from '../provision/first-start.js';
import type { SeedTenant } from '../provision/seed-file.js';
import type { ServiceStore } from '../store/service-store.js';
import type { Operation } from './operations.js';

export const provisionOperations: Readonly<Record<string, Operation>> = {
  seed: async (store: ServiceStore, { tenants }: { readonly tenants: readonly SeedTenant[] }) => {
    await applySeed(store, tenants);
    await store.settled();
    return { tenants: tenants.length };
  },
  'first-account': async (store: ServiceStore, first: FirstTenant) => {
    const account = await makeFirstAccount(store, first);
    await store.settled();
    return account;
  },
};
