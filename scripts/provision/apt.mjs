/** Debian packages, where root or `sudo -n` can. */
import { onPath, run } from './run.mjs';

/** @returns {string[]} what a command of root starts with */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  if (!onPath('sudo')) throw new Error('needs root to install Debian packages');
  try {
    run('sudo', '-n', 'true');
  } catch {
    throw new Error('needs root to install Debian packages (sudo asks for a password)');
  }
  return ['sudo', '-n'];
}

const apt = (/** @type {string[]} */ ...args) => {
  // Another apt run on the machine is waited for.
  const [command = '', ...rest] = [...asRoot(), 'apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300', ...args];
  return run(command, ...rest);
};

export const aptCommand = (/** @type {string[]} */ ...packages) => `sudo apt-get install -y ${packages.join(' ')}`;

export function aptInstall(/** @type {string[]} */ ...packages) {
  if (!onPath('apt-get')) throw new Error('no apt-get on this system');
  try {
    apt('install', '--no-install-recommends', ...packages);
  } catch {
    // A fresh machine has no package lists yet.
    apt('update');
    apt('install', '--no-install-recommends', ...packages);
  }
}
