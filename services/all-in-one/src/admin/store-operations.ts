import type { ReadModelGroup, ServiceStore } from '../store/service-store.js';
import type { Operation } from './operations.js';
import { renewEpochs } from './renew-epochs.js';

export const storeOperations: Readonly<Record<string, Operation>> = {
  rebuild: async (store: ServiceStore, { group }: { readonly group?: ReadModelGroup }) => ({
    commits: await store.rebuild(group),
  }),
  verify: (store: ServiceStore) => store.verify(),
  'renew-epochs': async (store: ServiceStore) => ({ collections: await renewEpochs(store) }),
  backup: async (store: ServiceStore, { file }: { readonly file: string }) => {
    await store.backUp(file);
    return { file };
  },
};
