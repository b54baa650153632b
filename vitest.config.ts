import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;

/** Workspace packages resolve to their sources, so that tests need no build. */
const workspaceAliases = ['libs', 'libs/domain', 'services'].flatMap((folder) =>
  readdirSync(resolve(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'domain')
    .map((entry) => {
      const project = resolve(root, folder, entry.name);
      const { name } = JSON.parse(readFileSync(resolve(project, 'package.json'), 'utf8')) as { name: string };
      return { find: name, replacement: resolve(project, 'src/index.ts') };
    }),
);

export default defineConfig({
  resolve: { alias: workspaceAliases },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{libs,services,scripts}/**/*.test.ts'],
          exclude: ['**/*.int.test.ts', '**/node_modules/**', '**/dist/**'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['{libs,services}/**/*.int.test.ts'],
          exclude: ['**/node_modules/**', '**/dist/**'],
        },
      },
      { extends: true, test: { name: 'embedded', include: ['tests/{protocol,dialogues,cli}/**/*.test.ts'] } },
      { extends: true, test: { name: 'clients', include: ['tests/clients/**/*.test.ts'] } },
      { extends: true, test: { name: 'chaos', include: ['tests/chaos/**/*.test.ts'] } },
    ],
  },
});
