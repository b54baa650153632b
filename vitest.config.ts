import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { defineConfig, type UserWorkspaceConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { projectFolders } from './scripts/projects.mjs';

const root = import.meta.dirname;

/** Workspace packages resolve to their sources, so that tests need no build. */
const workspaceAliases = projectFolders(root).map((folder) => {
  const { name } = JSON.parse(readFileSync(resolve(root, folder, 'package.json'), 'utf8')) as { name: string };
  return { find: name, replacement: resolve(root, folder, 'src/index.ts') };
});

/** People at pages wait for seconds, not for suites that send thousands of requests beside them, or have filled the database. */
class PagesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { pages = [], others = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      moduleId.includes('/tests/browser/') ? 'pages' : 'others',
    );
    return [...pages, ...others];
  }
}

const notOurs = ['**/node_modules/**', '**/dist/**'];

/** One after the other: quick ones first, and nothing disturbs the timing of those that start servers. */
function project(
  name: string,
  groupOrder: number,
  test: UserWorkspaceConfig['test'],
): UserWorkspaceConfig & { extends: true } {
  return { extends: true, test: { exclude: notOurs, ...test, name, sequence: { groupOrder } } };
}

export default defineConfig({
  resolve: { alias: workspaceAliases },
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What comes by and by takes its time on a busy machine.
    expect: { poll: { timeout: 20_000 } },
    sequence: { sequencer: PagesFirst },
    // Two cores are what CI has. A suite that starts a server shares them with it.
    maxWorkers: 2,
    projects: [
      project('unit', 0, {
        include: ['{libs,services,scripts}/**/*.test.ts'],
        exclude: ['**/*.int.test.ts', ...notOurs],
        isolate: false,
      }),
      project('integration', 1, {
        include: ['{libs,services}/**/*.int.test.ts'],
        exclude: ['libs/adapters-distributed/**', ...notOurs],
      }),
      project('deploy', 1, { include: ['tests/deploy/**/*.test.ts'] }),
      // A real Kafka and a server of the MongoDB protocol, started once for all of them.
      project('distributed', 2, {
        include: ['libs/adapters-distributed/**/*.int.test.ts', 'tests/support/distributed/*.test.ts'],
        globalSetup: ['tests/support/distributed/global-setup.ts'],
      }),
      // These start the built service: `npm test` builds first.
      project('embedded', 3, { include: ['tests/{protocol,dialogues,cli}/**/*.test.ts'] }),
      // The same suites against the services as processes, over a real Kafka and a server of the MongoDB protocol.
      project('stack', 4, {
        include: ['tests/{protocol,stack,browser}/**/*.test.ts'],
        // That both modes answer the dialogues alike, to the byte, is a suite of its own; how the pages look, and what they say
        // of devices, has nothing to do with what is behind them.
        exclude: ['tests/protocol/rfc-checklists.test.ts', 'tests/browser/{accessible,pages}.test.ts', ...notOurs],
        globalSetup: ['tests/support/stack/global-setup.ts'],
        // Ten processes share two cores there, and some suites send thousands of requests.
        testTimeout: 240_000,
        hookTimeout: 120_000,
      }),
      project('clients', 5, { include: ['tests/clients/**/*.test.ts'] }),
      // People's ways through the pages, in Chromium.
      project('browser', 6, { include: ['tests/browser/**/*.test.ts'], testTimeout: 120_000, hookTimeout: 120_000 }),
      // Kills and restarts servers under load: by itself, one file at a time.
      project('chaos', 7, { include: ['tests/chaos/**/*.test.ts'], fileParallelism: false, testTimeout: 300_000 }),
    ],
  },
});
