import type { ServiceStore } from '../store/service-store.js';
import { calendarOperations } from './calendar-operations.js';
import { directoryOperations } from './directory-operations.js';
import { provisionOperations } from './provision-operations.js';
import { shareOperations } from './share-operations.js';
import { storeOperations } from './store-operations.js';

/** One thing that an administrator can ask for; the CLI's commands are made of these. */
export type Operation = (store: ServiceStore, argument: never) => Promise<unknown>;

const table: Readonly<Record<string, Operation>> = {
  ...directoryOperations,
  ...calendarOperations,
  ...shareOperations,
  ...provisionOperations,
  ...storeOperations,
};

export const operations = {
  /** @throws ProvisioningError or another error whose message tells the administrator what to change */
  perform(store: ServiceStore, name: string, argument: unknown): Promise<unknown> {
    const operation = table[name];
    if (operation === undefined) throw new Error(`this Almanac has no operation ${name}; is it another version?`);
    return operation(store, argument as never);
  },
};
