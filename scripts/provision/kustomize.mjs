/** kustomize v5, which renders deploy/k8s: of its own, inside a current kubectl, or built from its Go module. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cache, shortHash } from './cache.mjs';
import { goCommand, goInstall } from './go-program.mjs';
import { onPath, run } from './run.mjs';

const module = 'sigs.k8s.io/kustomize/kustomize/v5@v5.7.1';
const folder = join(cache, `kustomize-${shortHash(module)}`);
/** Holds the path of the program that was found to be new enough; written last. */
const complete = join(folder, '.complete');

/** Debian's kubectl carries v4, which knows less of components. */
function isNewEnough(/** @type {string} */ program, /** @type {string[]} */ ...args) {
  try {
    return /\bv5\.\d+\.\d+/.test(run(program, ...args).replace(/^Client Version.*$/m, ''));
  } catch {
    return false;
  }
}

/** @returns {string | null} */
function present() {
  const kustomize = onPath('kustomize');
  if (kustomize && isNewEnough(kustomize, 'version')) return kustomize;
  const kubectl = onPath('kubectl');
  return kubectl && isNewEnough(kubectl, 'version', '--client') ? kubectl : null;
}

/** @type {import('../provision.mjs').Tool} */
export const kustomize = {
  title: 'kustomize v5 (renders the Kubernetes manifests)',
  names: ['kustomize'],
  find() {
    if (!existsSync(complete)) return null;
    const program = readFileSync(complete, 'utf8');
    return existsSync(program) ? { kustomize: program } : null;
  },
  install() {
    let program = present();
    if (!program) {
      goInstall(module, folder);
      program = join(folder, 'kustomize');
    }
    mkdirSync(folder, { recursive: true });
    writeFileSync(complete, program);
  },
  command: goCommand(module),
};
