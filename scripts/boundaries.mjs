/** The dependency rules of the workspace, as tables. check-boundaries.mjs enforces them; ARCHITECTURE.md says why. */

/** A project of this kind (its tag `type:<kind>`) may import projects of these kinds. Adapters: see `mayNameAdapter`. */
const service = ['contract', 'codec', 'domain', 'event-sourcing', 'port', 'read-model', 'observability'];

/** @type {Record<string, readonly string[] | 'anything'>} */
export const edges = {
  codec: ['codec'],
  contract: ['codec'],
  domain: ['contract', 'codec', 'domain'],
  port: ['contract', 'codec'],
  observability: [],
  'event-sourcing': ['contract', 'port', 'observability'],
  'read-model': ['contract', 'port', 'codec'],
  adapter: ['contract', 'port', 'observability'],
  'service-kit': service,
  // The life of a process: probes, signals, settings, connections. A service's main.ts is made of it.
  host: ['contract', 'port', 'event-sourcing', 'observability', 'host'],
  service: ['service-kit', 'host', ...service],
  frontend: ['contract', 'codec', 'port', 'observability', 'host'],
  // Runs in a browser, and knows the rest by HTTP alone.
  page: [],
  composition: 'anything',
  'test-kit': ['contract', 'port'],
};

/** Edges to one project that the kinds alone would refuse. @type {Record<string, readonly string[]>} */
export const edgesByName = {
  // Rights are shown in answers; every other rule of the domain is decided behind the command gateway.
  frontend: ['@almanac/access'],
};

/** Pure: a function of its arguments. No npm package (but these), nothing of Node, no clock, no randomness. */
export const pureKinds = ['codec', 'contract', 'domain'];

/** @type {Record<string, readonly string[]>} */
export const npmOfPureProject = {
  '@almanac/icalendar': ['rrule-temporal'],
  '@almanac/dav-protocol': ['saxes'],
};

/** Packages that only one project may name, so that replacing them is one folder's work. */
export const onlyIn = [
  { npm: /^@opentelemetry\//, project: '@almanac/observability' },
  { npm: /^(kafkajs|mongodb|@aws-sdk\/client-s3)$/, project: '@almanac/adapters-distributed' },
  { npm: /^(ical\.js|rrule-temporal)$/, project: '@almanac/icalendar' },
  { npm: /^openid-client$/, project: '@almanac/service-dav-frontend' },
  { npm: /^saxes$/, project: '@almanac/dav-protocol' },
];

/** What a test may import without a word in package.json. */
export const npmOfTests = ['vitest', 'fast-check', 'ical.js'];
/** What the tests of one project share is in its folder `testing`, which the build leaves out. */
export const isTest = (/** @type {string} */ path) => path.endsWith('.test.ts') || path.includes('/src/testing/');

/** A kit for tests (the contract suites of the ports) is imported by tests only, and names what tests may. */
export const testKit = 'test-kit';

/** Adapters are named by hosts, by a service's Nest module, by the composition, and by a test against a store, `*.int.test.ts`. */
export function mayNameAdapter(/** @type {string} */ kind, /** @type {string} */ path) {
  const wires = path.endsWith('.module.ts') && ['service', 'frontend'].includes(kind);
  return kind === 'composition' || kind === 'host' || wires || path.endsWith('.int.test.ts');
}
