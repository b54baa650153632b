/**
 * Builds when the build is stale, and finds out in a few milliseconds that it is not: `npm start` and every call of the CLI
 * ask. Stale is: a source, a tsconfig or a package file is newer than the start of the last successful `tsc -b`, or a
 * project's output is gone. Folders count too, so that a deleted source is noticed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolders } from './projects.mjs';
import { root } from './require-node.mjs';

/** In a dist folder, so that it goes when the output goes. */
const stamp = join(root, 'services/all-in-one/dist/.built');

const modified = (/** @type {string} */ path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const isTest = (/** @type {string} */ name) => name.endsWith('.test.ts');

/** @returns {number} */
function newestIn(/** @type {string} */ folder) {
  if (!existsSync(folder)) return 0;
  const entries = readdirSync(folder, { withFileTypes: true }).filter((entry) => !isTest(entry.name));
  const times = entries.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newestIn(path) : modified(path);
  });
  return Math.max(modified(folder), ...times);
}

function newestSource(/** @type {string[]} */ folders) {
  const atRoot = ['tsconfig.base.json', 'tsconfig.json', 'package.json', 'package-lock.json'];
  const inProject = ['tsconfig.json', 'package.json'];
  const files = [...atRoot, ...folders.flatMap((folder) => inProject.map((name) => join(folder, name)))];
  return Math.max(
    ...files.map((file) => modified(join(root, file))),
    ...folders.map((folder) => newestIn(join(root, folder, 'src'))),
  );
}

export function isStale() {
  const folders = projectFolders(root);
  if (folders.some((folder) => !existsSync(join(root, folder, 'dist/.tsbuildinfo')))) return true;
  return newestSource(folders) > modified(stamp);
}

/** @returns {{ok: boolean, output: string}} */
export function build() {
  const started = new Date();
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [tsc, '-b'], { cwd: root, encoding: 'utf8' });
  const ok = status === 0;
  if (ok) {
    writeFileSync(stamp, '');
    // The start counts: what is edited while tsc runs is newer than the stamp.
    utimesSync(stamp, started, started);
  }
  return { ok, output: error ? `tsc does not run: ${error.message}\n` : stdout + stderr };
}

/** Exits with tsc's own words when the sources do not compile. Standard output stays free for the program itself. */
export function buildWhenStale() {
  if (!isStale()) return;
  process.stderr.write('almanac: building\n');
  const { ok, output } = build();
  if (ok) return;
  process.stderr.write(`${output}almanac: the build failed\n`);
  process.exit(1);
}
