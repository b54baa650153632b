import { Environment } from './environment.js';

/**
 * For how many milliseconds what is in flight is waited for when the service is told to end.
 * @throws ConfigurationFault
 */
export const readLastAnswer = (values: NodeJS.ProcessEnv): number =>
  new Environment(values).integer('ALMANAC_LAST_ANSWER', 4, [1, 3_600]) * 1_000;
