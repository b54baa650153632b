import { containersOf, type Manifest, ofKind, type Rule, selects, unless, workloads } from '../manifest.js';

const selectsAll = ({ spec }: Manifest) => Object.keys(spec?.podSelector ?? {}).length === 0;

/** Where there are policies: all is denied, and each workload has words of its own for both directions. */
export const networkPolicies: Rule = (objects) => {
  const policies = ofKind(objects, 'NetworkPolicy');
  const directions = ['Ingress', 'Egress'];
  const denied = policies
    .filter((policy) => selectsAll(policy) && !policy.spec?.ingress && !policy.spec?.egress)
    .flatMap(({ spec }) => spec?.policyTypes ?? []);
  return [
    ...directions.flatMap((direction) => unless(denied.includes(direction), `${direction} is not denied by default`)),
    ...workloads(objects).flatMap(({ title, labels }) => {
      const own = policies.filter((policy) => !selectsAll(policy) && selects(policy.spec?.podSelector ?? {}, labels));
      const covered = own.flatMap(({ spec }) => spec?.policyTypes ?? []);
      return directions.flatMap((direction) =>
        unless(covered.includes(direction), `${title} has no rule of ${direction}`),
      );
    }),
    ...policies.flatMap((policy) => faultsOfPorts(policy, objects)),
  ];
};

/** A port by name is one of some container that the policy is for. */
function faultsOfPorts({ metadata, spec }: Manifest, objects: readonly Manifest[]): string[] {
  const named = (spec?.ingress ?? []).flatMap(({ ports = [] }) => ports.map(({ port }) => port));
  const known = workloads(objects)
    .filter(({ labels }) => selects(spec?.podSelector ?? {}, labels))
    .flatMap(containersOf)
    .flatMap(([, { ports = [] }]) => ports.map(({ name }) => name));
  return named
    .filter((port) => typeof port === 'string')
    .flatMap((port) => unless(known.includes(port), `NetworkPolicy ${metadata.name}: no pod has the port ${port}`));
}
