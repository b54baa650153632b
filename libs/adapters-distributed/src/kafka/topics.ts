import type { ServiceName, StreamName } from '@almanac/contracts';

/** The names of everything that Almanac has in Kafka. */
export interface KafkaNames {
  commands(service: ServiceName): string;
  /** Commands that could not be handled. */
  dead(service: ServiceName): string;
  events(service: ServiceName): string;
  readonly replies: string;
  /** A consumer group. */
  group(name: string): string;
}

/** @param prefix tells several installations on one Kafka apart */
export const kafkaNames = (prefix = ''): KafkaNames => ({
  commands: (service) => `${prefix}${service}.commands`,
  dead: (service) => `${prefix}${service}.commands.dead`,
  events: (service) => `${prefix}${service}.events`,
  replies: `${prefix}dav.replies`,
  group: (name) => `${prefix}almanac.${name}`,
});

/** What is handled in order: a home's streams together, a tenant's directory by itself (design 2). */
export function keyOf(stream: StreamName): string {
  const [tenant = '', home] = stream.split('/');
  return home === undefined ? tenant : `${tenant}/${home}`;
}
