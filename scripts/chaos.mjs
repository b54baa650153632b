/**
 * `npm run chaos -- --minutes N --seed S`: the fault campaign against the distributed mode (docs/reliability.md), for as long as
 * is wanted; `npm test` has a short one. The exit code is 1 when a promise was broken.
 */
import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhenStale } from './build.mjs';
import { provision } from './provision.mjs';
import { onProductNode, root } from './require-node.mjs';

const usage = `Usage: npm run chaos -- [--minutes 30] [--seed number] [--report file.md]
The same seed gives the same choice of operations and faults; when they meet is never the same.`;

function settings() {
  try {
    const string = /** @type {const} */ ({ type: 'string' });
    const { values } = parseArgs({ options: { minutes: string, seed: string, report: string } });
    const minutes = Number(values.minutes ?? 30);
    const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000));
    if (!(minutes > 0 && Number.isInteger(seed))) throw new Error('--minutes and --seed must be numbers.');
    return { minutes, seed, report: resolve(values.report ?? join(root, '.cache/chaos.md')) };
  } catch (error) {
    console.error(`${/** @type {Error} */ (error).message}\n${usage}`);
    process.exit(2);
  }
}

await onProductNode();
const { minutes, seed, report } = settings();
buildWhenStale();
await provision();
const env = {
  ...process.env,
  ALMANAC_TESTS: 'all',
  ALMANAC_CHAOS_MINUTES: String(minutes),
  ALMANAC_CHAOS_SEED: String(seed),
  ALMANAC_CHAOS_REPORT: report,
};
const suite = ['run', '--project', 'chaos', '--disableConsoleIntercept=true', 'tests/chaos/distributed'];
const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...suite], {
  cwd: root,
  env,
  stdio: 'inherit',
});
for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT'])) process.on(signal, () => child.kill(signal));
child.on('exit', (code) => process.exit(code ?? 1));
