/** The CalDAV clients from PyPI. */
import { join } from 'node:path';
import { root } from '../require-node.mjs';
import { pythonEnvironment } from './python-environment.mjs';

const requirements = join(root, 'tests/clients/requirements.txt');
const environment = pythonEnvironment('python-clients', requirements, 'import caldav, vdirsyncer');

/** @type {import('../provision.mjs').Tool} */
export const pythonClients = {
  title: 'Python clients (vdirsyncer, caldav)',
  names: ['python', 'vdirsyncer'],
  find() {
    if (!environment.isComplete()) return null;
    return { python: environment.program('python'), vdirsyncer: environment.program('vdirsyncer') };
  },
  install: environment.install,
  get command() {
    return environment.command();
  },
};
