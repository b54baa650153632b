/** Packages from PyPI, in a virtual environment of their own: the system's pip and packages are never touched. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptCommand, aptInstall } from './apt.mjs';
import { cache, shortHash } from './cache.mjs';
import { onPath, run } from './run.mjs';

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

function makeEnvironment(/** @type {string} */ environment) {
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

/**
 * @param {string} name of the folder in the cache
 * @param {string} requirements a file of pins; other pins, another environment, so that a change of the file never
 * meets the packages of before
 * @param {string} check a line of Python that fails when something is missing
 */
export function pythonEnvironment(name, requirements, check) {
  const environment = join(cache, `${name}-${shortHash(readFileSync(requirements, 'utf8'))}`);
  /** Written last, so that an install that was broken off is not taken for a whole one. */
  const complete = join(environment, '.complete');
  const program = (/** @type {string} */ file) => join(environment, 'bin', file);
  return {
    program,
    isComplete: () => existsSync(complete) && existsSync(program('python')),
    install() {
      try {
        makeEnvironment(environment);
        run(program('python'), '-m', 'pip', 'install', '--no-input', '--retries', '2', '-r', requirements);
        run(program('python'), '-c', check);
        writeFileSync(complete, '');
      } catch (error) {
        rmSync(environment, { recursive: true, force: true });
        throw error;
      }
    },
    command() {
      const venv = onPath('python3') ? '' : `${aptCommand('python3', 'python3-venv')} && `;
      return `${venv}python3 -m venv ${environment} && ${program('pip')} install -r ${requirements} && touch ${complete}`;
    },
  };
}
