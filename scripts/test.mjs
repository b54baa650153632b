/**
 * `npm test`: provision, build, lint, then every project of vitest.config.ts; lint counts as one test. With arguments
 * (`npm test -- --project unit libs/ports`) only vitest runs, with them. Closes with `N passed, N failed, N skipped`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, isStale } from './build.mjs';
import { countResults } from './count-results.mjs';
import { lint } from './lint.mjs';
import { provision } from './provision.mjs';
import { onProductNode, root } from './require-node.mjs';

const report = join(root, '.cache/vitest.json');
const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];

/** These start the built service. */
const needsBuild = ['embedded', 'stack', 'clients', 'browser', 'chaos'];

/** Vitest of the workspace, with this Node and no colour codes where nobody looks. */
function environment() {
  const PATH = `${join(root, 'node_modules/.bin')}:${process.env.PATH}`;
  const plain = process.env.CI === 'true' || !process.stdout.isTTY;
  const { FORCE_COLOR: _, ...env } = process.env;
  return plain ? { ...env, PATH, NO_COLOR: '1' } : { ...process.env, PATH };
}

/** @returns {Promise<boolean>} */
function vitest(/** @type {string[]} */ args) {
  rmSync(report, { force: true });
  mkdirSync(dirname(report), { recursive: true });
  const command = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  return new Promise((done) => child.on('exit', (code) => done(code === 0)));
}

async function countedVitest(/** @type {string[]} */ args) {
  const succeeded = await vitest(args);
  return countResults(existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined, succeeded);
}

function builds() {
  const { ok, output } = build();
  if (!ok) console.error(`${output.trimEnd()}\ntest: the build failed`);
  return ok;
}

/** @returns {Promise<import('./count-results.mjs').Counts>} */
async function testEverything() {
  const missing = await provision();
  if (!builds()) return { passed: 0, failed: 1 + missing.length, skipped: 0 };
  const linted = lint();
  const counts = await countedVitest([]);
  return {
    passed: counts.passed + (linted ? 1 : 0),
    failed: counts.failed + (linted ? 0 : 1) + missing.length,
    skipped: counts.skipped,
  };
}

/** @returns {Promise<import('./count-results.mjs').Counts>} */
async function testSome(/** @type {string[]} */ args) {
  const named = args.some((arg) => arg.startsWith('--project'));
  const toBuild = !named || needsBuild.some((project) => args.some((arg) => arg.endsWith(project)));
  if (toBuild && isStale() && !builds()) return { passed: 0, failed: 1, skipped: 0 };
  return countedVitest(args);
}

await onProductNode();
const args = process.argv.slice(2);
const { passed, failed, skipped } = args.length > 0 ? await testSome(args) : await testEverything();
console.log(`\n${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
