import { Unavailable } from '@almanac/ports';

export const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

/** The disk is full or broken, or there are too many open files: none of the request's fault, and it may pass. */
const passing = ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM'];

/** @throws Unavailable in place of errors of the file system that may pass */
export async function orUnavailable<R>(work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (isCode(error, ...passing)) throw new Unavailable('the folder of blobs cannot be used now', { cause: error });
    throw error;
  }
}

/** What a folder or a file that is not there stands for. */
export async function orWhenMissing<R>(fallback: R, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    if (isCode(error, 'ENOENT')) return fallback;
    throw error;
  }
}
