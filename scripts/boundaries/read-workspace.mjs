/** Reads every project: what its package.json and tsconfig.json declare, and its sources. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import { projectFolders } from '../projects.mjs';

/** @typedef {{ path: string, text: string }} SourceFile path from the root of the workspace */
/** @typedef {{ name: string, folder: string, kind: string, dependencies: string[], references: string[], files: SourceFile[] }} Project */

const readJson = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'));

/** @returns {SourceFile[]} */
function sourcesIn(/** @type {string} */ root, /** @type {string} */ folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return sourcesIn(root, path);
    return /\.[mc]?tsx?$/.test(path) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
  });
}

/** @returns {Project} */
function readProject(/** @type {string} */ root, /** @type {string} */ folder) {
  const manifest = readJson(join(root, folder, 'package.json'));
  const tags = /** @type {string[]} */ (manifest.nx?.tags ?? []);
  const references = /** @type {{path: string}[]} */ (readJson(join(root, folder, 'tsconfig.json')).references ?? []);
  return {
    name: manifest.name,
    folder,
    kind: tags.find((tag) => tag.startsWith('type:'))?.slice('type:'.length) ?? '',
    dependencies: Object.keys(manifest.dependencies ?? {}),
    references: references.map(({ path }) => posix.join(folder, path)),
    files: sourcesIn(root, `${folder}/src`),
  };
}

export function readWorkspace(/** @type {string} */ root) {
  return projectFolders(root).map((folder) => readProject(root, folder));
}
