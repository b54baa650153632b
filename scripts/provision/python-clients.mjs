/** The CalDAV clients from PyPI, in a virtual environment of their own: the system's pip and packages are never touched. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../require-node.mjs';
import { aptCommand, aptInstall } from './apt.mjs';
import { cache, shortHash } from './cache.mjs';
import { onPath, run } from './run.mjs';

const requirements = join(root, 'tests/clients/requirements.txt');
/** Other pins, another environment: a change of the file never meets the packages of before. */
const environment = join(cache, `python-clients-${shortHash(readFileSync(requirements, 'utf8'))}`);
/** Written last, so that an install that was broken off is not taken for a whole one. */
const complete = join(environment, '.complete');
const inEnvironment = (/** @type {string} */ program) => join(environment, 'bin', program);

/** The pins need Python 3.11. */
const versionTest = 'import sys; sys.exit(sys.version_info < (3, 11))';

function hasPython() {
  try {
    run('python3', '-c', versionTest);
    return true;
  } catch {
    return false;
  }
}

function makeEnvironment() {
  if (!hasPython()) aptInstall('python3', 'python3-venv');
  if (!hasPython()) throw new Error('needs Python 3.11 or newer as python3');
  try {
    run('python3', '-m', 'venv', '--clear', environment);
  } catch {
    // Debian keeps venv's half of the standard library in a package of its own.
    aptInstall('python3-venv');
    run('python3', '-m', 'venv', '--clear', environment);
  }
}

/** @type {import('../provision.mjs').Tool} */
export const pythonClients = {
  title: 'Python clients (vdirsyncer, caldav)',
  names: ['python', 'vdirsyncer'],
  find() {
    const found = existsSync(complete) && existsSync(inEnvironment('python'));
    return found ? { python: inEnvironment('python'), vdirsyncer: inEnvironment('vdirsyncer') } : null;
  },
  install() {
    try {
      makeEnvironment();
      run(inEnvironment('python'), '-m', 'pip', 'install', '--no-input', '--retries', '2', '-r', requirements);
      run(inEnvironment('python'), '-c', 'import caldav, vdirsyncer');
      writeFileSync(complete, '');
    } catch (error) {
      rmSync(environment, { recursive: true, force: true });
      throw error;
    }
  },
  get command() {
    const venv = onPath('python3') ? '' : `${aptCommand('python3', 'python3-venv')} && `;
    return `${venv}python3 -m venv ${environment} && ${inEnvironment('pip')} install -r ${requirements} && touch ${complete}`;
  },
};
