import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { tools } from '../../scripts/provision/tools.mjs';
import type { Manifest } from './manifest.js';

export const k8s = fileURLToPath(new URL('../../deploy/k8s', import.meta.url));

/** @throws with what kustomize says */
export function render(folder: string): Manifest[] {
  const { kustomize } = tools();
  if (kustomize === null) throw new Error('no kustomize');
  const verb = basename(kustomize) === 'kubectl' ? 'kustomize' : 'build';
  const { status, stdout, stderr } = spawnSync(kustomize, [verb, folder], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}

/** The base with these components over it, in this order. */
export function renderBaseWith(components: readonly string[]): Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'almanac-kustomize-'));
  const path = (...steps: string[]) => JSON.stringify(relative(folder, join(k8s, ...steps)));
  const lines = [
    `resources: [${path('base')}]`,
    `components: [${components.map((name) => path('components', name)).join(', ')}]`,
  ];
  try {
    writeFileSync(join(folder, 'kustomization.yaml'), `${lines.join('\n')}\n`);
    return render(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
