/** `npm run lint`: format, lint rules, dependency rules, types of the product, types of the tests and scripts. */
import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from './build.mjs';
import { onProductNode, root } from './require-node.mjs';

/** @typedef {{ ok: boolean, output: string }} Outcome */

/** @returns {Outcome} */
function run(/** @type {string} */ script, /** @type {string[]} */ ...args) {
  const child = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' });
  return { ok: child.status === 0, output: child.stdout + child.stderr };
}

/** @type {readonly [string, () => Outcome][]} */
const steps = [
  [
    'format (npm run format mends it)',
    () => run('node_modules/@biomejs/biome/bin/biome', 'format', '--reporter=summary', '.'),
  ],
  ['oxlint', () => run('node_modules/oxlint/bin/oxlint', '--type-aware', '--deny-warnings')],
  ['boundaries', () => run('scripts/check-boundaries.mjs')],
  ['types', build],
  ['types of tests and scripts', () => run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.tests.json')],
];

/** Runs every step, so that one run shows all faults. */
export function lint() {
  const failed = steps.filter(([name, step]) => {
    const { ok, output } = step();
    if (ok) console.log(`lint: ${name}: ok`);
    else console.error(`${output.trimEnd()}\nlint: ${name}: FAILED\n`);
    return !ok;
  });
  return failed.length === 0;
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  await onProductNode();
  process.exitCode = lint() ? 0 : 1;
}
