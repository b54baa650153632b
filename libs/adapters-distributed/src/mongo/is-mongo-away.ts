import {
  MongoBulkWriteError,
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';

/** No server answers, or none that may be written to: the same will work later. */
export function isMongoAway(error: unknown): boolean {
  if (away.some((type) => error instanceof type)) return true;
  // The driver lets the socket's own error through where the server has just closed its end.
  if (error instanceof Error && brokenSocket.has(String((error as NodeJS.ErrnoException).code))) return true;
  // A bulk write wraps what the driver threw.
  if (error instanceof MongoBulkWriteError && isMongoAway(error.errorResponse)) return true;
  if (error instanceof MongoError && passing.some((label) => error.hasErrorLabel(label))) return true;
  return error instanceof MongoServerError && passingCodes.has(Number(error.code));
}

/**
 * Said by a server that changes its role, is shut down, has no time or no room, or does not let us in as it did: labels are
 * set on writes only. The same will work once somebody, or time, has mended it.
 */
const passingCodes: ReadonlySet<number> = new Set([
  ...[6, 7, 43, 50, 64, 89, 91, 133, 134, 175, 189, 234, 237, 262, 290, 9001],
  ...[10_107, 11_600, 11_602, 13_388, 13_435, 13_436, 14_031],
  ...[13, 18],
]);

/** Set while a replica set changes its primary, when a connection of the pool was cut, and by a server that is busy. */
const passing = ['RetryableWriteError', 'RetryableError', 'SystemOverloadedError', 'PoolRequestedRetry'];

/** The last three come after a first attempt to connect has failed, and while a process ends. */
const away = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoNotConnectedError,
  MongoClientClosedError,
];

const brokenSocket: ReadonlySet<string> = new Set([
  ...['EPIPE', 'ECONNRESET', 'ECONNREFUSED', 'ECONNABORTED', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['ERR_STREAM_DESTROYED', 'ERR_STREAM_WRITE_AFTER_END'],
]);
