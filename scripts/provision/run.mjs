/** Runs an installer without a terminal; a failure is an Error whose message is its last line. */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

const MINUTES_15 = 15 * 60_000;

const lastLine = (/** @type {string} */ text) => text.trim().split('\n').at(-1)?.trim().slice(0, 300) ?? '';

/** @returns {string} what it wrote to standard output */
export function run(/** @type {string} */ command, /** @type {string[]} */ ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: MINUTES_15,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (error) throw new Error(`${basename(command)}: ${error.message}`);
  if (status !== 0)
    throw new Error(`${basename(command)}: ${lastLine(stderr) || lastLine(stdout) || `exit ${status}`}`);
  return stdout;
}

const isExecutable = (/** @type {string} */ path) => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** @returns {string | null} the path of a program, without starting anything */
export function onPath(/** @type {string} */ program) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, program)).find(isExecutable) ?? null;
}
