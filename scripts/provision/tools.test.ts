import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Tools } from './tools.mjs';

const module = new URL('./tools.mjs', import.meta.url).href;
const folders: string[] = [];

/** What tests are told when the cache holds this; in a process of its own, since the cache's place is read once. */
function toolsWith(file?: object): Tools {
  const ALMANAC_CACHE = mkdtempSync(join(tmpdir(), 'almanac-tools-'));
  folders.push(ALMANAC_CACHE);
  if (file) writeFileSync(join(ALMANAC_CACHE, 'tools.json'), JSON.stringify(file));
  const script = `import { tools } from '${module}'; console.log(JSON.stringify(tools()))`;
  const args = ['--input-type=module', '--eval', script];
  return JSON.parse(spawnSync(process.execPath, args, { env: { ALMANAC_CACHE }, encoding: 'utf8' }).stdout) as Tools;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test('a tool that is there has a path, one that is not has a reason', () => {
  const tools = toolsWith({ python: process.execPath, missing: { litmus: 'no apt-get; to install: …' } });
  expect(tools.python).toBe(process.execPath);
  expect(tools.litmus).toBeNull();
  expect(tools.missing.litmus).toBe('no apt-get; to install: …');
});

test('a tool that went away since counts as missing', () => {
  const tools = toolsWith({ python: '/gone/python', missing: {} });
  expect(tools.python).toBeNull();
  expect(tools.missing.python).toContain('npm run provision');
});

test('before provisioning everything is missing', () => {
  expect(Object.keys(toolsWith().missing)).toEqual([
    ...['python', 'vdirsyncer', 'litmus', 'thunderbird'],
    ...['java', 'kafka', 'secantusdb', 'secantusdbRs', 'versitygw', 'chromium'],
    ...['kustomize', 'hadolint', 'schemaPython', 'composeSpec'],
  ]);
});
