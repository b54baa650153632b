/** Runs a built program inside this process, so that there is one process and signals go straight to it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildWhenStale } from './build.mjs';
import { onProductNode, root } from './require-node.mjs';

/** @param {string} program its path from the root of the workspace */
export async function runBuilt(program) {
  await onProductNode();
  buildWhenStale();
  const path = join(root, program);
  process.argv[1] = path;
  await import(pathToFileURL(path).href);
}
