import { MongoError, MongoNetworkError, MongoServerSelectionError } from 'mongodb';

/** No server answers, or none that may be written to: the same will work later. */
export function isMongoAway(error: unknown): boolean {
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  return error instanceof MongoError && passing.some((label) => error.hasErrorLabel(label));
}

/** Set while a replica set changes its primary, when a connection of the pool was cut, and by a server that is busy. */
const passing = ['RetryableWriteError', 'RetryableError', 'SystemOverloadedError', 'PoolRequestedRetry'];
