/**
 * SecantusDB, a server of the MongoDB protocol from PyPI: the database of the distributed tests, since no mongod can be
 * installed everywhere. It is GPL-2.0: tests start it as a process of its own and talk to it over a socket; nothing of it
 * is ever imported, linked or shipped.
 */
import { join } from 'node:path';
import { root } from '../require-node.mjs';
import { pythonEnvironment } from './python-environment.mjs';

const requirements = join(root, 'scripts/provision/secantusdb.txt');
const environment = pythonEnvironment('secantusdb', requirements, 'import secantus');

/** @type {import('../provision.mjs').Tool} */
export const secantusdb = {
  title: 'SecantusDB (server of the MongoDB protocol)',
  names: ['secantusdb'],
  find: () => (environment.isComplete() ? { secantusdb: environment.program('secantusd-py') } : null),
  install: environment.install,
  get command() {
    return environment.command();
  },
};
