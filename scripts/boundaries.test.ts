import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Project } from './boundaries/read-workspace.mjs';
import { readWorkspace } from './boundaries/read-workspace.mjs';
import { checkBoundaries } from './check-boundaries.mjs';

/** One project of each kind that matters here, in which everything is declared that a test may want to import. */
const kinds = {
  'libs/icalendar': { kind: 'codec', uses: ['rrule-temporal'] },
  'libs/contracts': { kind: 'contract', uses: ['@almanac/icalendar'] },
  'libs/access': { kind: 'domain', uses: ['@almanac/contracts'] },
  'libs/domain-collection': { kind: 'domain', uses: ['@almanac/contracts', '@almanac/access', 'rxjs'] },
  'libs/ports': { kind: 'port', uses: ['@almanac/contracts'] },
  'libs/observability': { kind: 'observability', uses: ['@opentelemetry/api'] },
  'libs/adapters-embedded': { kind: 'adapter', uses: ['@almanac/ports'] },
  'libs/read-model': { kind: 'read-model', uses: ['@almanac/ports', '@almanac/observability'] },
  'libs/port-contracts': { kind: 'test-kit', uses: ['@almanac/ports'] },
  'services/calendar': {
    kind: 'service',
    uses: ['@almanac/domain-collection', '@almanac/adapters-embedded', '@opentelemetry/api', 'kafkajs', 'ical.js'],
  },
  'services/dav-frontend': { kind: 'frontend', uses: ['@almanac/access', '@almanac/domain-collection', 'fastify'] },
  'services/all-in-one': { kind: 'composition', uses: ['@almanac/adapters-embedded', '@almanac/calendar'] },
};
type Folder = keyof typeof kinds;

const folderOf = (name: string) =>
  Object.keys(kinds).find((folder) => folder.endsWith(`/${name.slice('@almanac/'.length)}`)) ?? '';

function project(folder: Folder): Project {
  const { kind, uses } = kinds[folder];
  const references = uses.filter((name) => name.startsWith('@almanac/')).map(folderOf);
  return { name: `@almanac/${folder.split('/')[1]}`, folder, kind, dependencies: [...uses], references, files: [] };
}

/** The faults of a workspace in which one file says this. */
function faultsOf(path: string, text: string, change: (project: Project) => void = () => {}) {
  const workspace = (Object.keys(kinds) as Folder[]).map(project);
  for (const each of workspace) {
    if (!path.startsWith(`${each.folder}/`)) continue;
    each.files.push({ path, text });
    change(each);
  }
  return checkBoundaries(workspace);
}

test('the workspace itself keeps the rules', () => {
  expect(checkBoundaries(readWorkspace(fileURLToPath(new URL('..', import.meta.url))))).toEqual([]);
});

test('a contract suite is imported by tests only, and may name what tests may', () => {
  const text = `import { eventStoreContract } from '@almanac/port-contracts';`;
  expect(faultsOf('services/all-in-one/src/a.int.test.ts', text)).toEqual([]);
  expect(faultsOf('services/all-in-one/src/a.ts', text)).toEqual([
    'services/all-in-one/src/a.ts:1: type:composition may not import @almanac/port-contracts (type:test-kit): see scripts/boundaries.mjs',
  ]);
  expect(faultsOf('libs/port-contracts/src/a.ts', `import { it } from 'vitest';`)).toEqual([]);
});

test('allowed imports are no faults', () => {
  expect(
    faultsOf('libs/icalendar/src/a.ts', `import { RRuleTemporal } from 'rrule-temporal';\nimport { b } from './b.js';`),
  ).toEqual([]);
  expect(faultsOf('libs/contracts/src/a.ts', `export type { X } from '@almanac/icalendar';`)).toEqual([]);
  expect(faultsOf('services/calendar/src/a.ts', `import { readFile } from 'node:fs/promises';`)).toEqual([]);
  expect(faultsOf('services/dav-frontend/src/a.ts', `import { may } from '@almanac/access';`)).toEqual([]);
});

test('a fault says file, line and what to change', () => {
  expect(faultsOf('libs/ports/src/a.ts', `\n\nimport { x } from '@almanac/icalendar';`)).toEqual([
    'libs/ports/src/a.ts:3: add @almanac/icalendar to the dependencies in libs/ports/package.json',
    'libs/ports/src/a.ts:3: add a reference to libs/icalendar in libs/ports/tsconfig.json',
  ]);
});

test.each([
  ['import type', `import type { X } from 'yaml';`],
  ['side effect', `import 'yaml';`],
  ['export *', `export * from 'yaml';`],
  ['export names', `export { parse } from 'yaml';`],
  ['dynamic import', `const yaml = await import('yaml');`],
  ['type in place', `type X = import('yaml').Document;`],
  ['import = require', `import yaml = require('yaml');`],
  ['require', `const yaml = require('yaml');`],
  ['path in a package', `import 'yaml/util';`],
])('an undeclared npm package is found: %s', (_form, text) => {
  const [fault, ...others] = faultsOf('services/calendar/src/a.ts', text);
  expect(fault).toBe('services/calendar/src/a.ts:1: add yaml to the dependencies in services/calendar/package.json');
  expect(others).toEqual([]);
});

test('words in comments and strings are no imports', () => {
  const text = `// import 'yaml'\n/* import 'yaml' */ export const s = "import 'yaml'" + \`import('yaml') new Date()\`;`;
  expect(faultsOf('libs/contracts/src/a.ts', text)).toEqual([]);
});

test('a declared project needs a tsconfig reference', () => {
  const text = `import { x } from '@almanac/domain-collection';`;
  const drop = (each: Project) => {
    each.references = [];
  };
  expect(faultsOf('services/calendar/src/a.ts', text, drop)).toEqual([
    'services/calendar/src/a.ts:1: add a reference to libs/domain-collection in services/calendar/tsconfig.json',
  ]);
});

test('a pure project imports no npm package, even a declared one', () => {
  expect(faultsOf('libs/domain-collection/src/a.ts', `import { of } from 'rxjs';`)).toEqual([
    'libs/domain-collection/src/a.ts:1: type:domain is pure and may not import rxjs',
  ]);
});

test.each(['node:fs', 'fs', 'node:crypto'])('a pure project imports nothing of Node: %s', (name) => {
  const [fault] = faultsOf('libs/contracts/src/a.ts', `import '${name}';`);
  expect(fault).toContain(`type:contract is pure and may not import ${name}`);
});

test.each([
  'Date.now()',
  'new Date()',
  'Date()',
  'performance.now()',
  'Math.random()',
  'crypto.randomUUID()',
  'globalThis.crypto.randomUUID()',
  'Temporal.Now.instant()',
])('a pure project reads no clock and makes nothing random: %s', (expression) => {
  const [fault] = faultsOf('libs/domain-collection/src/a.ts', `export const f = () =>\n ${expression};`);
  expect(fault).toMatch(/^libs\/domain-collection\/src\/a\.ts:2: type:domain is pure and may not use /);
  expect(faultsOf('services/calendar/src/a.ts', `export const x = ${expression};`)).toEqual([]);
});

test('a given time is no clock, and another thing may be called crypto', () => {
  const text = `export const f = (at: number, x: { crypto: string }) => [new Date(at), x.crypto, { crypto: 1 }];`;
  expect(faultsOf('libs/domain-collection/src/a.ts', text)).toEqual([]);
});

test.each<[string, string]>([
  ['libs/icalendar/src/a.ts', '@almanac/contracts'],
  ['libs/contracts/src/a.ts', '@almanac/ports'],
  ['libs/access/src/a.ts', '@almanac/ports'],
  ['libs/ports/src/a.ts', '@almanac/access'],
  ['libs/observability/src/a.ts', '@almanac/contracts'],
  ['libs/read-model/src/a.ts', '@almanac/observability'],
  ['libs/adapters-embedded/src/a.ts', '@almanac/read-model'],
  ['services/calendar/src/a.ts', '@almanac/dav-frontend'],
  ['services/dav-frontend/src/a.ts', '@almanac/domain-collection'],
])('an edge outside the table is refused: %s to %s', (path, name) => {
  const [fault] = faultsOf(path, `import '${name}';`);
  expect(fault).toContain(`may not import ${name}`);
});

test('only a module, the composition and an integration test name an adapter', () => {
  const text = `import { open } from '@almanac/adapters-embedded';`;
  expect(faultsOf('services/calendar/src/calendar.module.ts', text)).toEqual([]);
  expect(faultsOf('services/all-in-one/src/main.ts', text)).toEqual([]);
  expect(faultsOf('libs/read-model/src/a.int.test.ts', text)).toEqual([]);
  for (const path of [
    'services/calendar/src/a.ts',
    'libs/read-model/src/a.module.ts',
    'libs/read-model/src/a.test.ts',
  ]) {
    const [fault] = faultsOf(path, text);
    expect(fault).toContain(`${path}:1: name the adapter @almanac/adapters-embedded only in`);
  }
});

test.each([
  ['@opentelemetry/api', '@almanac/observability'],
  ['kafkajs', '@almanac/adapters-distributed'],
  ['mongodb', '@almanac/adapters-distributed'],
  ['ical.js', '@almanac/icalendar'],
  ['saxes', '@almanac/dav-protocol'],
])('%s is named only in %s', (npm, home) => {
  const [fault] = faultsOf('services/calendar/src/a.ts', `import '${npm}';`);
  expect(fault).toBe(`services/calendar/src/a.ts:1: ${npm} may be named only in ${home}`);
});

test('a test may import the test tools and read files, other sources may not', () => {
  const text = `import { test } from 'vitest';\nimport fc from 'fast-check';\nimport 'node:fs';\nnew Date();`;
  expect(faultsOf('libs/contracts/src/a.test.ts', text)).toEqual([]);
  expect(faultsOf('libs/contracts/src/a.ts', text)).toHaveLength(4);
});

test('a deep import is refused', () => {
  const [fault] = faultsOf('services/calendar/src/a.ts', `import '@almanac/domain-collection/dist/x.js';`);
  expect(fault).toContain('import @almanac/domain-collection itself');
});

test('a relative import stays in its project', () => {
  expect(faultsOf('libs/ports/src/a/b.ts', `import '../c.js';`)).toEqual([]);
  const [fault] = faultsOf('libs/ports/src/a.ts', `import '../../contracts/src/x.js';`);
  expect(fault).toContain('leaves the project');
});

test('a project does not import itself by name, nor one that is not there', () => {
  expect(faultsOf('libs/ports/src/a.ts', `import '@almanac/ports';`)[0]).toContain('by a relative path');
  expect(faultsOf('libs/ports/src/a.ts', `import '@almanac/nothing';`)[0]).toContain('there is no project');
});

test('projects make no cycle', () => {
  const back = (each: Project) => {
    each.dependencies.push('@almanac/domain-collection');
  };
  expect(faultsOf('libs/access/src/a.ts', '', back)).toEqual([
    'libs/access/package.json:1: break the cycle @almanac/access -> @almanac/domain-collection -> @almanac/access',
  ]);
});

test('every project has a kind, and every source parses', () => {
  const untag = (each: Project) => {
    each.kind = '';
  };
  expect(faultsOf('libs/ports/src/a.ts', '', untag)[0]).toContain('libs/ports/package.json:1: give nx.tags one of');
  expect(faultsOf('libs/ports/src/a.ts', 'import from from;')[0]).toContain('does not parse');
});
