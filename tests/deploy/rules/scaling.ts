import { ofKind, type Rule, unless, workloads } from '../manifest.js';
import { environmentOf } from './environment.js';

/** Autoscalers have a target, alone say how many there are, and stop where partitions end. */
export const autoscalers: Rule = (objects) =>
  ofKind(objects, 'HorizontalPodAutoscaler').flatMap(({ metadata, spec }) => {
    const title = `HorizontalPodAutoscaler ${metadata.name}`;
    const target = workloads(objects).find(
      ({ object }) => object.kind === spec?.scaleTargetRef?.kind && object.metadata.name === spec.scaleTargetRef.name,
    );
    if (!target) return [`${title} has no target`];
    const values = target.pod.containers.map((container) => environmentOf(container, objects));
    const partitions = Number(values[0]?.['ALMANAC_KAFKA_PARTITIONS'] ?? 12);
    const isOwner = target.labels['app.kubernetes.io/component'] === 'owner';
    return [
      ...unless(target.object.spec?.replicas === undefined, `${title}: its target says replicas, too`),
      ...unless(!isOwner || (spec?.maxReplicas ?? 0) <= partitions, `${title}: more pods than partitions`),
    ];
  });
