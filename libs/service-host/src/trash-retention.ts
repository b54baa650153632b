import { Environment } from './environment.js';

const day = 86_400;

/**
 * For how many milliseconds a deleted folder can be restored (N3).
 * @throws ConfigurationFault
 */
export const readTrashRetention = (values: NodeJS.ProcessEnv): number =>
  new Environment(values).integer('ALMANAC_TRASH_RETENTION', 30 * day, [1, 3_650 * day]) * 1000;
