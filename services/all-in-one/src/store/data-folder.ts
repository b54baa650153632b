import { openSync } from 'node:fs';
import { join } from 'node:path';

export const storePath = (folder: string): string => join(folder, 'almanac.sqlite');

/** The contents of attachments. */
export const blobsPath = (folder: string): string => join(folder, 'blobs');

/** A backup that is on its way to be the store. */
export const draftPath = (folder: string): string => `${storePath(folder)}.restored`;

/** The store that the last restore has replaced. */
export const replacedPath = (folder: string): string => `${storePath(folder)}.before-restore`;

/** The kernel takes no longer names of sockets. */
const maxSocketPath = 100;

/** Where the CLI finds a running service. A long path is gone through the open folder, which Linux names shortly. */
export function socketPath(folder: string): string {
  const path = join(folder, 'almanac.sock');
  return Buffer.byteLength(path) <= maxSocketPath ? path : `/proc/self/fd/${openSync(folder, 'r')}/almanac.sock`;
}
