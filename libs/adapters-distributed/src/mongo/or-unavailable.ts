import { Unavailable } from '@almanac/ports';
import { isMongoAway } from './is-mongo-away.js';

/** @throws Unavailable in place of the driver's errors for a database that is away (design 6) */
export async function orUnavailable<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (isMongoAway(error)) throw new Unavailable('the database does not answer now', { cause: error });
    throw error;
  }
}
