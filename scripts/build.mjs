/**
 * Builds when the build is stale, and finds out in a few milliseconds that it is not: `npm start` and every call of the CLI
 * ask. Stale is: a source, a tsconfig or a package file is newer than the start of the last successful build, or a
 * project's output is gone. Folders count too, so that a deleted source is noticed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectFolders } from './projects.mjs';
import { onProductNode, root } from './require-node.mjs';

/** In a dist folder, so that it goes when the output goes. */
const stamp = join(root, 'services/all-in-one/dist/.built');

/** The page that the browser gets. */
const page = join(root, 'services/web/dist/page/index.html');
const pageSources = ['index.html', 'vite.config.mjs', 'public'].map((name) => `services/web/${name}`);

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
  const files = [
    ...atRoot,
    ...pageSources,
    ...folders.flatMap((folder) => inProject.map((name) => join(folder, name))),
  ];
  return Math.max(
    ...files.map((file) => modified(join(root, file))),
    ...folders.map((folder) => newestIn(join(root, folder, 'src'))),
  );
}

export function isStale() {
  const folders = projectFolders(root);
  if (folders.some((folder) => !existsSync(join(root, folder, 'dist/.tsbuildinfo')))) return true;
  return !existsSync(page) || newestSource(folders) > modified(stamp);
}

/** @returns {{ok: boolean, output: string}} */
export function build() {
  const started = new Date();
  const types = run('typescript/bin/tsc', '-b');
  const bundle = types.ok ? run('vite/bin/vite.js', 'build', 'services/web', '--logLevel', 'warn') : types;
  const ok = types.ok && bundle.ok;
  if (ok) {
    writeFileSync(stamp, '');
    // The start counts: what is edited while they run is newer than the stamp.
    utimesSync(stamp, started, started);
  }
  return { ok, output: bundle.output };
}

function run(/** @type {string} */ program, /** @type {string[]} */ ...args) {
  const command = [join(root, 'node_modules', program), ...args];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8' });
  return { ok: status === 0, output: error ? `${program} does not run: ${error.message}\n` : stdout + stderr };
}

/** Exits with the compiler's own words when the sources do not compile. Standard output stays free for the program itself. */
export function buildWhenStale() {
  if (!isStale()) return;
  process.stderr.write('almanac: building\n');
  const { ok, output } = build();
  if (ok) return;
  process.stderr.write(`${output}almanac: the build failed\n`);
  process.exit(1);
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await onProductNode();
  const { ok, output } = build();
  process.stderr.write(output);
  process.exitCode = ok ? 0 : 1;
}
