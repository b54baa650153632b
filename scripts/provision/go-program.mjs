/** Programs built from Go modules, into the cache. */
import { mkdirSync } from 'node:fs';
import { onPath, run } from './run.mjs';

export const goCommand = (/** @type {string} */ module) => `install Go, then: npm run provision (builds ${module})`;

export function goInstall(/** @type {string} */ module, /** @type {string} */ folder) {
  if (!onPath('go')) throw new Error('no Go on this system');
  mkdirSync(folder, { recursive: true });
  run('env', `GOBIN=${folder}`, 'GOFLAGS=', 'go', 'install', module);
}
