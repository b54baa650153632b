/** The folders of all projects of the workspace: libs/*, libs/domain/*, services/*. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export function projectFolders(/** @type {string} */ root) {
  return ['libs', 'libs/domain', 'services'].flatMap((parent) =>
    existsSync(join(root, parent))
      ? readdirSync(join(root, parent))
          .map((name) => `${parent}/${name}`)
          .filter((folder) => existsSync(join(root, folder, 'package.json')))
      : [],
  );
}
