import { distributedVariables } from '../environment.js';
import { type Container, containersOf, type Manifest, ofKind, type Rule, unless, workloads } from '../manifest.js';

/** The values that a container gets, from ConfigMaps and its own list. */
export function environmentOf(container: Container, objects: readonly Manifest[]): Readonly<Record<string, string>> {
  const maps = (container.envFrom ?? []).map(({ configMapRef }) =>
    ofKind(objects, 'ConfigMap').find(({ metadata }) => metadata.name === configMapRef?.name),
  );
  const own = (container.env ?? []).map(({ name, value = '' }) => [name, value]);
  return Object.assign({}, ...maps.map((map) => map?.data), Object.fromEntries(own)) as Record<string, string>;
}

export const variables: Rule = (objects) =>
  workloads(objects)
    .flatMap(containersOf)
    .flatMap(([title, container]) => {
      const values = environmentOf(container, objects);
      const names = Object.keys(values);
      return [
        ...unless(names.length > 0, `${title} gets no environment`),
        ...names.flatMap((name) => unless(distributedVariables.includes(name), `${title}: nobody reads ${name}`)),
      ];
    });

/** Seconds that a service takes at most to end, beside what it waits for its last answers (docs/operations/configuration.md). */
const rest = 10;

/** Nobody is killed while a last answer is waited for. */
export const graces: Rule = (objects) =>
  workloads(objects).flatMap((workload) =>
    containersOf(workload).flatMap(([title, container]) => {
      const { ALMANAC_LAST_ANSWER: last, ALMANAC_DRAIN: drain = '1000' } = environmentOf(container, objects);
      const before = (container.lifecycle?.preStop?.sleep?.seconds ?? 0) + Number(drain) / 1000;
      const needed = last === undefined ? 0 : before + Number(last) + rest;
      const given = workload.pod.terminationGracePeriodSeconds ?? 30;
      return unless(given >= needed, `${title} is killed after ${given} s, and may take ${needed}`);
    }),
  );

/** Secrets come as files, never as values. */
export const secretsAsFiles: Rule = (objects) =>
  workloads(objects).flatMap((workload) =>
    containersOf(workload).flatMap(([title, container]) => {
      const files = (container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
        const volume = workload.pod.volumes?.find((candidate) => candidate.name === name);
        return (volume?.secret?.items ?? []).map(({ path }) => `${mountPath}/${path}`);
      });
      return Object.entries(environmentOf(container, objects)).flatMap(([name, value]) => [
        ...unless(!name.endsWith('PASSWORD'), `${title}: ${name} is no place for a secret`),
        ...unless(!/_(FILE|CA)$/.test(name) || files.includes(value), `${title}: no volume has ${name}, ${value}`),
      ]);
    }),
  );

/** Each Secret is made by something that is deployed, or by hand for the users of the database. */
export const secretsAreMade: Rule = (objects) => {
  const made = objects.flatMap(({ kind, metadata, spec }) => [
    ...(kind === 'Secret' || kind === 'KafkaUser' ? [metadata.name] : []),
    ...(kind === 'Kafka' ? [`${metadata.name}-cluster-ca-cert`] : []),
    ...(kind === 'Certificate' ? [spec?.secretName] : []),
    ...(kind === 'MongoDBCommunity' ? (spec?.users ?? []).map(({ passwordSecretRef }) => passwordSecretRef.name) : []),
  ]);
  return workloads(objects).flatMap(({ title, pod }) =>
    (pod.volumes ?? []).flatMap(({ name, secret }) =>
      unless(!secret || made.includes(secret.secretName), `${title}: nothing makes the Secret of the volume ${name}`),
    ),
  );
};
