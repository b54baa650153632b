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
    ...faultsOfChallenges(policies, objects),
  ];
};

/** A certificate that is asked for is never there where nobody may look at the answer to the challenge. */
function faultsOfChallenges(policies: readonly Manifest[], objects: readonly Manifest[]): string[] {
  const isAsked = ofKind(objects, 'Ingress').some(({ metadata: { annotations = {} } }) =>
    Object.keys(annotations).includes('cert-manager.io/cluster-issuer'),
  );
  const solver = { 'acme.cert-manager.io/http01-solver': 'true' };
  const lets = policies.some(({ spec }) => spec?.ingress !== undefined && selects(spec.podSelector ?? {}, solver));
  return unless(!isAsked || lets, 'no policy lets the ingress reach the answers to challenges');
}

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
