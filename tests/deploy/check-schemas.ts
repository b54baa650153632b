import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tools } from '../../scripts/provision/tools.mjs';
import type { Manifest } from './manifest.js';

/** The oldest that docs/operations/kubernetes.md names, and the newest that there are schemas of. */
const versions = ['1.30', '1.37'];

const script = fileURLToPath(new URL('check-schemas.py', import.meta.url));

/** Strictly: a field that the schema does not name is a finding, too. */
export function checkSchemas(objects: readonly Manifest[]): { findings: string[]; unchecked: string[] } {
  const { schemaPython } = tools();
  if (schemaPython === null) throw new Error('no schemas');
  const input = JSON.stringify({ objects, versions });
  const { status, stdout, stderr } = spawnSync(schemaPython, [script], { input, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr.trim());
  return JSON.parse(stdout) as { findings: string[]; unchecked: string[] };
}
