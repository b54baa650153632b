/** The reference implementation of the Compose specification, which reads a compose file where no Docker is. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, shortHash } from './cache.mjs';
import { goCommand, goInstall } from './go-program.mjs';

const module = 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2';
const folder = join(cache, `compose-spec-${shortHash(module)}`);
const program = join(folder, 'cmd');

/** @type {import('../provision.mjs').Tool} */
export const composeSpec = {
  title: 'compose-go (checks the compose files)',
  names: ['composeSpec'],
  find: () => (existsSync(program) ? { composeSpec: program } : null),
  install: () => goInstall(module, folder),
  command: goCommand(module),
};
