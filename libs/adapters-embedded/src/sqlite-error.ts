/** Primary result codes of SQLite (https://www.sqlite.org/rescode.html). */
const resultCode = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
} as const;

const passing: readonly number[] = [
  resultCode.busy,
  resultCode.readOnly,
  resultCode.ioError,
  resultCode.full,
  resultCode.cannotOpen,
];
const broken: readonly number[] = [resultCode.corrupt, resultCode.notADatabase];

/** The code without what extends it; null for an error that is not SQLite's. */
function primaryCode(error: unknown): number | null {
  const code: unknown = error instanceof Error && 'errcode' in error ? error.errcode : null;
  return typeof code === 'number' ? code & 0xff : null;
}

/** The store as a whole cannot be written now: a full disk, a foreign lock. No command of the batch is to blame. */
export const isStoreUnavailable = (error: unknown): boolean => passing.includes(primaryCode(error) ?? 0);

/** The file is damaged, or was never a database. */
export const isNoDatabase = (error: unknown): boolean => broken.includes(primaryCode(error) ?? 0);

/** Another connection holds the lock. */
export const isBusy = (error: unknown): boolean => primaryCode(error) === resultCode.busy;
