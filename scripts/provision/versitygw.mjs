/** Versity S3 Gateway over a folder (Apache-2.0): a real server of the S3 API for tests, built from its Go module. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cache, shortHash } from './cache.mjs';
import { goCommand, goInstall } from './go-program.mjs';

const module = 'github.com/versity/versitygw/cmd/versitygw@v1.8.0';
const folder = join(cache, `versitygw-${shortHash(module)}`);
const program = join(folder, 'versitygw');

/** @type {import('../provision.mjs').Tool} */
export const versitygw = {
  title: 'Versity S3 Gateway (S3 server for tests)',
  names: ['versitygw'],
  find: () => (existsSync(program) ? { versitygw: program } : null),
  install: () => goInstall(module, folder),
  command: goCommand(module),
};
