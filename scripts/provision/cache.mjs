/** Tools live outside node_modules, so that `npm ci` and a second checkout find them again. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

export const cache = process.env.ALMANAC_CACHE || join(homedir(), '.cache', 'almanac');

export const shortHash = (/** @type {string} */ text) => createHash('sha256').update(text).digest('hex').slice(0, 12);

const lock = join(cache, 'provision.lock');

function holderIsGone() {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    // No pid file yet: the holder has only just made the folder.
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH';
  }
}

function tryLock() {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    if (holderIsGone()) rmSync(lock, { recursive: true, force: true });
    return false;
  }
}

/** Two checkouts that provision at once take turns. */
export async function locked(/** @type {() => void} */ work) {
  mkdirSync(cache, { recursive: true });
  while (!tryLock()) await wait(200);
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
