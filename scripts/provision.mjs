/**
 * `npm run provision`, the first step of `npm test`: a tool that is present is used, else installed; what cannot be had is
 * skipped with the command that would install it, and fails the run with CI=true or ALMANAC_TESTS=all.
 * A new tool is one file in provision/ and one row here.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { locked } from './provision/cache.mjs';
import { chromium } from './provision/chromium.mjs';
import { composeSpec } from './provision/compose-spec.mjs';
import { deployLinters } from './provision/deploy-linters.mjs';
import { kafka } from './provision/kafka.mjs';
import { kustomize } from './provision/kustomize.mjs';
import { litmus } from './provision/litmus.mjs';
import { pythonClients } from './provision/python-clients.mjs';
import { secantusdb } from './provision/secantusdb.mjs';
import { secantusdbRs } from './provision/secantusdb-rs.mjs';
import { thunderbird } from './provision/thunderbird.mjs';
import { toolsFile } from './provision/tools.mjs';
import { versitygw } from './provision/versitygw.mjs';

/**
 * @typedef {object} Tool
 * @property {string} title
 * @property {import('./provision/tools.mjs').ToolName[]} names its keys in tools.json
 * @property {() => Record<string, string> | null} find a path for each name; must be quick, starts no process
 * @property {() => void} install throws an Error with a reason of one line
 * @property {string} command what a person would type to install it
 * @property {boolean=} optional missing is never a failure
 * @property {string=} onlyWith the word after `--with` that has it installed; without it, it is only found
 */

/** @type {readonly Tool[]} */
const table = [
  pythonClients,
  litmus,
  kafka,
  secantusdb,
  secantusdbRs,
  kustomize,
  deployLinters,
  composeSpec,
  versitygw,
  thunderbird,
  chromium,
];

/** @typedef {{ tool: Tool, paths: Record<string, string> | null, reason?: string }} Result */

/** `--with name` on the command line of `npm run provision`. */
const asksFor = (/** @type {string} */ name) =>
  process.argv.some((word, index) => word === '--with' && process.argv[index + 1] === name);

/** @returns {Result} */
function have(/** @type {Tool} */ tool) {
  const present = tool.find();
  if (present) return { tool, paths: present };
  if (tool.onlyWith !== undefined && !asksFor(tool.onlyWith)) return { tool, paths: null, reason: 'only on request' };
  try {
    console.error(`provision: installing ${tool.title}`);
    tool.install();
    return { tool, paths: tool.find(), reason: 'installed, but not found' };
  } catch (error) {
    return { tool, paths: null, reason: /** @type {Error} */ (error).message };
  }
}

/** Written whole or not at all: tests of another checkout may be reading. */
function writeTools(/** @type {Result[]} */ results) {
  const missing = results
    .filter(({ paths }) => !paths)
    .flatMap(({ tool, reason }) => tool.names.map((name) => [name, `${reason}; to install: ${tool.command}`]));
  const tools = { ...Object.assign({}, ...results.map(({ paths }) => paths)), missing: Object.fromEntries(missing) };
  const draft = `${toolsFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(tools, null, 2)}\n`);
  renameSync(draft, toolsFile);
}

export const mustHaveAll = () => process.env.CI === 'true' || process.env.ALMANAC_TESTS === 'all';

/** @returns {Promise<string[]>} one line for each tool that must be there and is not */
export async function provision() {
  /** @type {Result[]} */
  let results = [];
  await locked(() => {
    results = table.map(have);
    writeTools(results);
  });
  const missing = results.filter(({ paths }) => !paths);
  for (const { tool, reason } of missing) {
    if (tool.onlyWith !== undefined && !asksFor(tool.onlyWith)) continue;
    console.error(`provision: skipped ${tool.title}: ${reason}\n  to install it: ${tool.command}`);
  }
  return mustHaveAll() ? missing.filter(({ tool }) => !tool.optional).map(({ tool }) => tool.title) : [];
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const failed = await provision();
  if (process.argv.includes('--json')) {
    const { tools } = await import('./provision/tools.mjs');
    console.log(JSON.stringify(tools(), null, 2));
  }
  process.exitCode = failed.length > 0 ? 1 : 0;
}
