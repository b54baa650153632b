import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What a file holds, or which names a folder has, outlives a power cut after this. */
export function syncToDisk(path: string): void {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
