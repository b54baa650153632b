import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { tools } from '../../scripts/provision/tools.mjs';
import { checkSchemas } from './check-schemas.js';
import type { Manifest, Rule } from './manifest.js';
import { rules } from './rules.js';
import { networkPolicies } from './rules/network.js';

const golden = readFileSync(new URL('golden/production.yaml', import.meta.url), 'utf8');
const sound = (): Manifest[] => parseAllDocuments(golden).map((document) => document.toJS() as Manifest);

const all: Readonly<Record<string, Rule>> = { ...rules, networkPolicies };

/** Where in which object something is put, and the one fault that must come of it; undefined takes the field away. */
type Breakage = readonly [rule: string, object: string, path: string, value: unknown, fault: string];

const pod = 'spec.template.spec';
const container = `${pod}.containers.0`;
const security = `${container}.securityContext`;
const environment = 'ConfigMap almanac-environment';

const breakages: readonly Breakage[] = [
  ['restricted', 'Namespace almanac', 'metadata.labels', {}, 'does not enforce'],
  ['restricted', 'Deployment tasks', `${pod}.securityContext.runAsNonRoot`, undefined, 'may run as root'],
  ['restricted', 'Deployment tasks', `${pod}.securityContext.runAsUser`, undefined, 'no numeric user'],
  ['restricted', 'Deployment tasks', `${pod}.securityContext.seccompProfile`, undefined, 'no seccomp profile'],
  ['restricted', 'Deployment tasks', `${pod}.automountServiceAccountToken`, true, 'a token of Kubernetes'],
  ['restricted', 'Deployment tasks', `${security}.allowPrivilegeEscalation`, undefined, 'gain privileges'],
  ['restricted', 'Deployment tasks', `${security}.privileged`, true, 'gain privileges'],
  ['restricted', 'Deployment tasks', `${security}.readOnlyRootFilesystem`, false, 'write to its image'],
  ['restricted', 'Deployment tasks', `${security}.capabilities.drop`, ['NET_RAW'], 'keeps capabilities'],
  ['restricted', 'Deployment tasks', `${security}.capabilities.add`, ['SYS_ADMIN'], 'keeps capabilities'],
  ['probes', 'Deployment tasks', `${container}.startupProbe`, undefined, 'has no startupProbe'],
  ['probes', 'Deployment tasks', `${container}.readinessProbe`, undefined, 'has no readinessProbe'],
  ['probes', 'Deployment tasks', `${container}.livenessProbe.httpGet.port`, 'amdin', 'no port of the container'],
  ['resources', 'Deployment tasks', `${container}.resources.requests.cpu`, undefined, 'requests no CPU'],
  ['resources', 'Deployment tasks', `${container}.resources.limits`, undefined, 'no limit'],
  ['images', 'Deployment tasks', `${container}.image`, 'registry.example.org/almanac:latest', 'not pinned'],
  ['images', 'Deployment tasks', `${container}.image`, 'registry.example.org:5000/almanac', 'not pinned'],
  ['selectors', 'Deployment tasks', 'spec.selector.matchLabels', { app: 'tasks' }, 'the pods of 0 workloads'],
  ['selectors', 'Service tasks', 'spec.selector', { 'app.kubernetes.io/part-of': 'almanac' }, 'the pods of 6'],
  ['selectors', 'PodDisruptionBudget tasks', 'spec.selector.matchLabels', { app: 'gone' }, 'the pods of 0'],
  ['servicePorts', 'Service dav-frontend', 'spec.ports.0.targetPort', 'web', 'leads to web'],
  ['ingresses', 'Ingress dav', 'spec.tls', [], 'has no TLS'],
  ['ingresses', environment, 'data.ALMANAC_TRUST_PROXY', 'off', 'taken for the one client'],
  [
    'ingresses',
    environment,
    'data.ALMANAC_PUBLIC_URL',
    'https://other.example.org',
    'not what ALMANAC_PUBLIC_URL or ALMANAC_PAGES_URL says',
  ],
  ['ingresses', 'Ingress dav', 'spec.rules.0.http.paths.0.backend.service.name', 'frontend', 'which is not there'],
  ['ingresses', 'Ingress dav', 'spec.rules.0.http.paths.0.backend.service.port.name', 'admin', 'to everybody'],
  ['serviceAccounts', 'Deployment tasks', `${pod}.serviceAccountName`, 'default', 'no service account'],
  ['variables', environment, 'data.ALMANAC_KAFKA_BROKERS', 'kafka:9092', 'nobody reads ALMANAC_KAFKA_BROKERS'],
  ['variables', 'Deployment tasks', `${container}.envFrom`, [], 'gets no environment'],
  ['secretsAsFiles', environment, 'data.ALMANAC_MONGO_PASSWORD', 'secret', 'no place for a secret'],
  ['secretsAsFiles', environment, 'data.ALMANAC_KAFKA_CA', '/etc/ca.crt', 'no volume has ALMANAC_KAFKA_CA'],
  ['secretsAsFiles', 'Deployment tasks', `${container}.volumeMounts`, [], 'no volume has'],
  ['secretsAreMade', 'Deployment tasks', `${pod}.volumes.0.secret.secretName`, 'gone', 'nothing makes the Secret'],
  ['graces', 'Deployment dav-frontend', `${pod}.terminationGracePeriodSeconds`, 60, 'is killed after 60 s'],
  ['autoscalers', 'HorizontalPodAutoscaler tasks', 'spec.scaleTargetRef.name', 'task', 'has no target'],
  ['autoscalers', 'HorizontalPodAutoscaler tasks', 'spec.maxReplicas', 13, 'more pods than partitions'],
  ['autoscalers', 'Deployment tasks', 'spec.replicas', 2, 'says replicas, too'],
  ['kafka', 'Kafka almanac', 'spec.kafka.listeners.0.port', 9094, 'is not at almanac-kafka-bootstrap:9093'],
  ['kafka', environment, 'data.ALMANAC_KAFKA_USER', 'somebody', 'is not who comes'],
  ['kafka', environment, 'data.ALMANAC_KAFKA_PREFIX', 'other.', 'is not the prefix'],
  ['mongodb', 'MongoDBCommunity almanac-mongodb', 'spec.members', 5, '3 hosts are named'],
  ['mongodb', 'MongoDBCommunity almanac-mongodb', 'metadata.name', 'mongodb', 'is not at'],
  ['mongodb', environment, 'data.ALMANAC_MONGO_USER', 'somebody', 'does not know the user'],
  ['networkPolicies', 'NetworkPolicy default-deny', 'spec.policyTypes', ['Ingress'], 'Egress is not denied'],
  ['networkPolicies', 'NetworkPolicy default-deny', 'spec.ingress', [{}], 'is not denied'],
  ['networkPolicies', 'NetworkPolicy ingress-to-acme-solvers', 'spec.ingress', undefined, 'answers to challenges'],
  [
    'networkPolicies',
    'NetworkPolicy services-to-stores',
    'spec.podSelector.matchLabels',
    { a: 'b' },
    'no rule of Egress',
  ],
  [
    'networkPolicies',
    'NetworkPolicy monitoring-to-services',
    'spec.ingress.0.ports.0.port',
    'metrics',
    'the port metrics',
  ],
];

function broken([, name, path, value]: Breakage): Manifest[] {
  const objects = sound();
  const found = objects.filter(
    ({ kind, metadata }) => `${kind} ${metadata.name}`.replace(/-[a-z0-9]{10}$/, '') === name,
  );
  expect(found).toHaveLength(1);
  const steps = path.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], found[0]);
  (parent as Record<string, unknown>)[last] = value;
  return objects;
}

it.each(breakages)('%s finds fault with %s when %s is %j', (...breakage) => {
  const [rule, , , , fault] = breakage;
  expect(all[rule]?.(sound())).toEqual([]);
  expect(all[rule]?.(broken(breakage)).join('\n')).toContain(fault);
});

it('every rule is broken by some line above', () => {
  expect([...new Set(breakages.map(([rule]) => rule))].toSorted()).toEqual(Object.keys(all).toSorted());
});

const { schemaPython, missing } = tools();
const noSchemas = schemaPython === null ? ` (skipped: ${missing.schemaPython})` : '';

it.skipIf(noSchemas).each<Breakage>([
  ['schemas', 'Deployment tasks', `${container}.livenesProbe`, {}, "('livenesProbe' was unexpected)"],
  ['schemas', 'Deployment tasks', 'spec.replicas', 'two', "'two' is not of type"],
  ['schemas', 'Deployment tasks', 'spec.selector', undefined, "'selector' is a required property"],
  ['schemas', 'Kafka almanac', 'spec.kafka.listener', [], "('listener' was unexpected)"],
  ['schemas', 'KafkaUser almanac-services', 'spec.authentication.type', 'scram', "'scram' is not one of"],
  ['schemas', 'KafkaNodePool almanac', 'spec.roles', undefined, "'roles' is a required property"],
])(`%s find fault with %s when %s is %j${noSchemas}`, (...breakage) => {
  expect(checkSchemas(broken(breakage)).findings.join('\n')).toContain(breakage[4]);
});

it.skipIf(noSchemas)(`a kind without a schema is said to be unchecked${noSchemas}`, () => {
  const stranger = { apiVersion: 'example.org/v1', kind: 'Stranger', metadata: { name: 'x' } };
  expect(checkSchemas([stranger])).toEqual({ findings: [], unchecked: ['example.org/v1 Stranger'] });
});
