import { once } from 'node:events';
import { closeSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { syncToDisk } from './sync-to-disk.js';

/**
 * Copies the store, as it is at one moment, into one file that only its owner may read; a service may go on writing.
 * The file is on disk when done. A thread of its own does it, so that nobody waits for it.
 * @param beside what goes with it, made from the copy before that gets its name
 */
export async function backUp(
  source: string,
  file: string,
  beside: (copy: string) => Promise<void> = async () => {},
): Promise<void> {
  const target = `${file}.partial`;
  rmSync(target, { force: true });
  closeSync(openSync(target, 'wx', 0o600));
  try {
    await once(new Worker(new URL('./backup-thread.js', import.meta.url), { workerData: { source, target } }), 'exit');
    syncToDisk(target);
    await beside(target);
    renameSync(target, file);
    syncToDisk(dirname(file));
  } catch (error) {
    rmSync(target, { force: true });
    throw error;
  }
}
