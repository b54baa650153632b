import { S3ServiceException } from '@aws-sdk/client-s3';
import { Unavailable } from '@almanac/ports';

/** Of Node's sockets and names, and of the library: nobody answers, or the connection was cut. */
const away = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'TimeoutError',
];

/** The server says itself that the same will work later. */
const passing = ['SlowDown', 'RequestTimeout', 'ServiceUnavailable', 'InternalError', 'Throttling'];

export function isS3Away(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof S3ServiceException) {
    const status = error.$metadata.httpStatusCode ?? 0;
    return status >= 500 || status === 429 || passing.includes(error.name);
  }
  const { code } = error as NodeJS.ErrnoException;
  return away.includes(error.name) || (code !== undefined && away.includes(code));
}

/** @throws Unavailable in place of the library's errors for a server that is away (design 6) */
export async function orUnavailable<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (isS3Away(error)) throw new Unavailable('the object store does not answer now', { cause: error });
    throw error;
  }
}

/** What was asked for is not there (any more). */
export const isMissing = (error: unknown): boolean =>
  error instanceof S3ServiceException && ['NoSuchKey', 'NoSuchUpload', 'NotFound'].includes(error.name);
