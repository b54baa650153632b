import { backUp } from '@almanac/adapters-embedded';
import type { EmbeddedStore } from '../store/embedded-store.js';
import type { Operation } from './operations.js';

export const storeOperations: Readonly<Record<string, Operation>> = {
  rebuild: async (store: EmbeddedStore) => ({ commits: await store.rebuild() }),
  backup: async (store: EmbeddedStore, { file }: { readonly file: string }) => {
    await backUp(store.path, file);
    return { file };
  },
};
