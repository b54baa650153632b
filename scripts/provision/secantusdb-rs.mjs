/**
 * SecantusDB's faster build, for long fault campaigns and measurements. To build it takes ten minutes of CPU, so it is only
 * found, or built when asked for. GPL-2.0: a process of its own, as with secantusdb.mjs.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache } from './cache.mjs';
import { onPath, run } from './run.mjs';

const version = '0.5.3-beta.193';
const folder = join(cache, 'secantusdb-rs');
const program = join(folder, 'bin/secantusd-rs');

/** @type {import('../provision.mjs').Tool} */
export const secantusdbRs = {
  title: 'SecantusDB, Rust build (for long campaigns and measurements)',
  names: ['secantusdbRs'],
  find: () => (existsSync(program) ? { secantusdbRs: program } : null),
  install() {
    if (!onPath('cargo')) throw new Error('no Rust on this system');
    // Its manifest asks for a newer Rust than it needs.
    const source = ['secantus-mdb', '--version', version, '--locked', '--ignore-rust-version'];
    run('cargo', 'install', ...source, '--root', folder);
  },
  command: 'npm run provision -- --with secantusd-rs',
  optional: true,
  onlyWith: 'secantusd-rs',
};
