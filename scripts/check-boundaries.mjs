/**
 * Enforces the tables of boundaries.mjs over every import of every project, since neither `tsc -b` nor Nx refuses an import
 * that is not declared. Each fault is `file:line: words that say what to change`.
 */
import { isBuiltin } from 'node:module';
import { posix, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as rules from './boundaries.mjs';
import { findCycle } from './boundaries/find-cycle.mjs';
import { readSource } from './boundaries/read-source.mjs';
import { readWorkspace } from './boundaries/read-workspace.mjs';

/** @typedef {import('./boundaries/read-workspace.mjs').Project} Project */
/** @typedef {{ project: Project, path: string, specifier: string }} Use one import and where it stands */

const isPure = (/** @type {Project} */ project) => rules.pureKinds.includes(project.kind);
const packageOf = (/** @type {string} */ specifier) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function mayImport(/** @type {Use} */ { project, path }, /** @type {Project} */ target) {
  if (target.kind === 'adapter') return rules.mayNameAdapter(project.kind, path);
  if (target.kind === rules.testKit) return rules.isTest(path);
  const allowed = rules.edges[project.kind] ?? [];
  return (
    allowed === 'anything' || allowed.includes(target.kind) || rules.edgesByName[project.kind]?.includes(target.name)
  );
}

/** @returns {string[]} */
function faultsOfUndeclared(/** @type {Use} */ { project, path }, /** @type {Project} */ target) {
  if (path.endsWith('.int.test.ts')) return [];
  const declared = project.dependencies.includes(target.name);
  const referenced = rules.isTest(path) || project.references.includes(target.folder);
  return [
    ...(declared ? [] : [`add ${target.name} to the dependencies in ${project.folder}/package.json`]),
    ...(referenced ? [] : [`add a reference to ${target.folder} in ${project.folder}/tsconfig.json`]),
  ];
}

/** @returns {string[]} */
function faultsOfProjectImport(/** @type {Use} */ use, /** @type {Map<string, Project>} */ projects) {
  const name = packageOf(use.specifier);
  const target = projects.get(name);
  if (!target) return [`there is no project ${name}`];
  if (target === use.project) return [`import ${name} by a relative path here: it is this project`];
  const refusal =
    target.kind === 'adapter'
      ? `name the adapter ${name} only in a *.module.ts of a service, in the composition or in *.int.test.ts`
      : `type:${use.project.kind} may not import ${name} (type:${target.kind}): see scripts/boundaries.mjs`;
  return [
    ...(use.specifier === name ? [] : [`import ${name} itself and let its index.ts export what you need`]),
    ...(mayImport(use, target) ? faultsOfUndeclared(use, target) : [refusal]),
  ];
}

/** @returns {string[]} */
function faultsOfNpmImport(/** @type {Use} */ { project, path, specifier }) {
  const name = packageOf(specifier);
  if ((rules.isTest(path) || project.kind === rules.testKit) && rules.npmOfTests.includes(name)) return [];
  const home = rules.onlyIn.find(({ npm }) => npm.test(name))?.project ?? project.name;
  if (home !== project.name) return [`${name} may be named only in ${home}`];
  if (isPure(project) && !rules.npmOfPureProject[project.name]?.includes(name)) {
    return [`type:${project.kind} is pure and may not import ${name}`];
  }
  const declared = project.dependencies.includes(name);
  return declared ? [] : [`add ${name} to the dependencies in ${project.folder}/package.json`];
}

/** @returns {string[]} */
function faultsOfImport(/** @type {Use} */ use, /** @type {Map<string, Project>} */ projects) {
  const { project, path, specifier } = use;
  if (specifier.startsWith('.')) {
    const inside = posix.join(posix.dirname(path), specifier).startsWith(`${project.folder}/`);
    return inside ? [] : [`${specifier} leaves the project: import the other project by its name`];
  }
  if (isBuiltin(specifier)) {
    const allowed = !isPure(project) || rules.isTest(path);
    return allowed
      ? []
      : [`type:${project.kind} is pure and may not import ${specifier}: take the value as an argument`];
  }
  return specifier.startsWith('@almanac/') ? faultsOfProjectImport(use, projects) : faultsOfNpmImport(use);
}

/** @returns {string[]} */
function faultsOfFile(
  /** @type {Project} */ project,
  /** @type {Map<string, Project>} */ projects,
  /** @type {Project['files'][0]} */ file,
) {
  const { imports, impurities, error } = readSource(file.path, file.text);
  if (error) return [`${file.path}:1: does not parse: ${error}`];
  const pureHere = isPure(project) && !rules.isTest(file.path);
  return [
    ...imports.flatMap(({ line, specifier }) =>
      faultsOfImport({ project, path: file.path, specifier }, projects).map((fault) => ({ line, fault })),
    ),
    ...(pureHere ? impurities : []).map(({ line, what }) => ({
      line,
      fault: `type:${project.kind} is pure and may not use ${what}: take the value as an argument`,
    })),
  ].map(({ line, fault }) => `${file.path}:${line}: ${fault}`);
}

/** @returns {string[]} */
function faultsOfProject(/** @type {Project} */ project) {
  if (project.kind in rules.edges) return [];
  return [
    `${project.folder}/package.json:1: give nx.tags one of ${Object.keys(rules.edges)
      .map((kind) => `type:${kind}`)
      .join(', ')}`,
  ];
}

/** @returns {string[]} */
function faultsOfCycles(/** @type {Map<string, Project>} */ projects) {
  const graph = new Map([...projects.values()].map(({ name, dependencies }) => [name, dependencies]));
  const cycle = findCycle(graph);
  if (!cycle) return [];
  return [`${projects.get(cycle[0] ?? '')?.folder}/package.json:1: break the cycle ${cycle.join(' -> ')}`];
}

/** @returns {string[]} every fault of the workspace; none when it keeps the rules */
export function checkBoundaries(/** @type {Project[]} */ workspace) {
  const projects = new Map(workspace.map((project) => [project.name, project]));
  return [
    ...workspace.flatMap(faultsOfProject),
    ...workspace.flatMap((project) => project.files.flatMap((file) => faultsOfFile(project, projects, file))),
    ...faultsOfCycles(projects),
  ];
}

if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  const faults = checkBoundaries(readWorkspace(fileURLToPath(new URL('..', import.meta.url))));
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
