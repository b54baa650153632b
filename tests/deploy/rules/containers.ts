import { containersOf, ofKind, type Rule, unless, workloads } from '../manifest.js';

/** The profile `restricted` of the Pod Security Standards, and a file system that nobody writes to. */
export const restricted: Rule = (objects) => [
  ...ofKind(objects, 'Namespace').flatMap(({ metadata }) =>
    unless(
      metadata.labels?.['pod-security.kubernetes.io/enforce'] === 'restricted',
      `Namespace ${metadata.name} does not enforce the profile restricted`,
    ),
  ),
  ...workloads(objects).flatMap(({ title, pod }) => [
    ...unless(pod.securityContext?.runAsNonRoot === true, `${title} may run as root`),
    ...unless((pod.securityContext?.runAsUser ?? 0) > 0, `${title} has no numeric user`),
    ...unless(pod.securityContext?.seccompProfile?.type === 'RuntimeDefault', `${title} has no seccomp profile`),
    ...unless(pod.automountServiceAccountToken === false, `${title} gets a token of Kubernetes`),
  ]),
  ...workloads(objects)
    .flatMap(containersOf)
    .flatMap(([title, { securityContext: context = {} }]) => [
      ...unless(context.allowPrivilegeEscalation === false && !context.privileged, `${title} may gain privileges`),
      ...unless(context.readOnlyRootFilesystem === true, `${title} may write to its image`),
      ...unless(
        (context.capabilities?.drop ?? []).includes('ALL') && !context.capabilities?.add,
        `${title} keeps capabilities`,
      ),
    ]),
];

export const probes: Rule = (objects) =>
  workloads(objects)
    .flatMap(containersOf)
    .flatMap(([title, container]) =>
      (['startupProbe', 'readinessProbe', 'livenessProbe'] as const).flatMap((name) => {
        const port = container[name]?.httpGet?.port;
        if (port === undefined) return [`${title} has no ${name}`];
        const known = (container.ports ?? []).some((candidate) => candidate.name === port);
        return unless(known, `${title}: ${name} asks at ${port}, which is no port of the container`);
      }),
    );

export const resources: Rule = (objects) =>
  workloads(objects)
    .flatMap(containersOf)
    .flatMap(([title, { resources: { requests, limits } = {} }]) => [
      ...unless(Boolean(requests?.cpu && requests.memory), `${title} requests no CPU or no memory`),
      ...unless(Boolean(limits?.cpu && limits.memory), `${title} has no limit of CPU or memory`),
    ]);

/** A version to the last figure, or a digest. */
export const pinned = /(:v?\d+\.\d+\.\d+[\w.-]*|@sha256:[0-9a-f]{64})$/;

export const images: Rule = (objects) =>
  workloads(objects)
    .flatMap(containersOf)
    .flatMap(([title, { image = '' }]) => unless(pinned.test(image), `${title}: the image "${image}" is not pinned`));
