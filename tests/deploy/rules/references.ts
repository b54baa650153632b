import {
  containersOf,
  type Labels,
  type Manifest,
  ofKind,
  type Rule,
  type Selector,
  selects,
  unless,
  type Workload,
  workloads,
} from '../manifest.js';

const titleOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata.name}`;

function selectorOf({ kind, spec }: Manifest): Selector {
  return kind === 'Service' ? { matchLabels: (spec?.selector ?? {}) as Labels } : ((spec?.selector ?? {}) as Selector);
}

/** The labels of all pods: of our workloads, and of those that MongoDB's operator makes. */
const podLabels = (objects: readonly Manifest[]): readonly Labels[] => [
  ...workloads(objects).map(({ labels }) => labels),
  ...ofKind(objects, 'MongoDBCommunity').map(({ metadata }) => ({ app: `${metadata.name}-svc` })),
];

/** Each selects the pods of just one workload. */
export const selectors: Rule = (objects) =>
  ofKind(objects, 'Deployment', 'StatefulSet', 'Service', 'PodDisruptionBudget').flatMap((object) => {
    const selected = podLabels(objects).filter((labels) => selects(selectorOf(object), labels));
    return unless(selected.length === 1, `${titleOf(object)} selects the pods of ${selected.length} workloads`);
  });

const portsOf = (workload: Workload) =>
  containersOf(workload).flatMap(([, { ports = [] }]) =>
    ports.flatMap(({ name, containerPort }) => [name, containerPort]),
  );

export const servicePorts: Rule = (objects) =>
  ofKind(objects, 'Service').flatMap((service) => {
    const ports = workloads(objects)
      .filter(({ labels }) => selects(selectorOf(service), labels))
      .flatMap(portsOf);
    return (service.spec?.ports ?? []).flatMap(({ name, targetPort }) =>
      unless(ports.includes(targetPort), `${titleOf(service)}: ${name} leads to ${targetPort}, which no container has`),
    );
  });

/** With TLS, to a port of a service, and never to the one of probes and metrics. */
export const ingresses: Rule = (objects) =>
  ofKind(objects, 'Ingress').flatMap((ingress) => {
    const title = titleOf(ingress);
    const secured = (ingress.spec?.tls ?? []).flatMap(({ hosts }) => hosts);
    const [settings] = ofKind(objects, 'ConfigMap').map(({ data }) => data);
    const trusts = settings?.['ALMANAC_TRUST_PROXY'] === 'on';
    const urls = [settings?.['ALMANAC_PUBLIC_URL'], settings?.['ALMANAC_PAGES_URL']];
    return (ingress.spec?.rules ?? []).flatMap(({ host = '', http }) => [
      ...unless(trusts, `${title} is taken for the one client that there is`),
      ...unless(secured.includes(host), `${title}: ${host} has no TLS`),
      ...unless(
        urls.includes(`https://${host}`),
        `${title}: ${host} is not what ALMANAC_PUBLIC_URL or ALMANAC_PAGES_URL says`,
      ),
      ...http.paths.flatMap(({ backend: { service } }) => {
        const target = ofKind(objects, 'Service').find(({ metadata }) => metadata.name === service.name);
        const known = (target?.spec?.ports ?? []).some(({ name }) => name === service.port.name);
        return [
          ...unless(known, `${title} leads to ${service.name}:${service.port.name}, which is not there`),
          ...unless(service.port.name !== 'admin', `${title} shows probes and metrics to everybody`),
        ];
      }),
    ]);
  });

export const serviceAccounts: Rule = (objects) =>
  workloads(objects).flatMap(({ title, pod }) => {
    const known = ofKind(objects, 'ServiceAccount').some(({ metadata }) => metadata.name === pod.serviceAccountName);
    return unless(known, `${title} has no service account of its own`);
  });
