/** Where tests find the tools that provisioning found or installed. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './cache.mjs';

/** The answer of the last run of provision.mjs. */
export const toolsFile = join(cache, 'tools.json');

/**
 * @typedef {'python' | 'vdirsyncer' | 'litmus' | 'thunderbird' | 'chromium'} ClientTool
 * @typedef {'java' | 'kafka' | 'secantusdb' | 'secantusdbRs' | 'versitygw'} ServerTool
 * @typedef {'kustomize' | 'hadolint' | 'schemaPython' | 'composeSpec'} DeployTool
 * @typedef {ClientTool | ServerTool | DeployTool} ToolName
 * @typedef {Record<ToolName, string | null> & { missing: Partial<Record<ToolName, string>> }} Tools
 * A path for each tool, or null and then the reason under `missing`.
 */

/** @type {Record<ToolName, null>} */
const none = {
  ...{ python: null, vdirsyncer: null, litmus: null, thunderbird: null, java: null, kafka: null },
  ...{ secantusdb: null, secantusdbRs: null, versitygw: null, chromium: null },
  ...{ kustomize: null, hadolint: null, schemaPython: null, composeSpec: null },
};

const readTools = () => (existsSync(toolsFile) ? JSON.parse(readFileSync(toolsFile, 'utf8')) : { missing: {} });

/** @returns {Tools} */
export function tools() {
  /** @type {Tools} */
  const known = { ...none, ...readTools() };
  for (const name of /** @type {ToolName[]} */ (Object.keys(none))) {
    const path = known[name];
    if (path && existsSync(path)) continue;
    known[name] = null;
    known.missing[name] ??= 'not provisioned: run "npm run provision"';
  }
  return known;
}
