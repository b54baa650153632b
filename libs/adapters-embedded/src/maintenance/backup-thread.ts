import { workerData } from 'node:worker_threads';
import { openReader } from '../database.js';

/** Copies the store in one read transaction: a snapshot, however many others write meanwhile. */
function copy({ source, target }: { readonly source: string; readonly target: string }): void {
  const reader = openReader(source);
  try {
    reader.run('VACUUM INTO ?', target);
  } finally {
    reader.close();
  }
}

copy(workerData as { source: string; target: string });
