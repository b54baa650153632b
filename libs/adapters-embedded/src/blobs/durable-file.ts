import { mkdir, open, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isCode } from './file-error.js';

/** Which names a folder has outlives a power cut after this. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A new file whose content is on disk; its name may not be yet. */
export async function writeDurably(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    for await (const piece of content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** A removal may take the folder away between the two steps, or while it is made, though hardly this often. */
const attempts = 20;

/**
 * Moves a file into a folder, which is made with those that lead to it. All of them are synced each time: another
 * write may have made one just now, and not synced it yet.
 * @param root the folder that is there already
 */
export async function moveDurably(draft: string, folder: string, { name, root }: { name: string; root: string }) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rename(draft, join(folder, name));
      break;
    } catch (error) {
      if (!isCode(error, 'ENOENT') || attempt === attempts) throw error;
    }
  }
  const folders = [folder];
  while (folders[0] !== undefined && folders[0] !== root) folders.unshift(dirname(folders[0]));
  for (const one of folders.reverse()) await syncFolder(one).catch(unlessGone);
}

/** A folder that is gone was emptied by who has found something newer in it, or removed the blob. */
function unlessGone(error: unknown): void {
  if (!isCode(error, 'ENOENT')) throw error;
}
