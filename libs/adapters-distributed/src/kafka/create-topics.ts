import type { ServiceName } from '@almanac/contracts';
import type { ITopicConfig, Kafka } from 'kafkajs';
import { administer, endsOf } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface TopicLayout {
  /** Of the commands and events of each service; as many owners can share its work. */
  readonly partitions: number;
  readonly replicationFactor: number;
}

/** A resource of the largest size as JSON, with what is around it, and several of them in a batch. */
export const maxMessageBytes = 8 * 1024 * 1024;

const minutes = 60_000;
const days = 24 * 60 * minutes;

/** Makes the topics that are missing and waits until they answer; those that are there stay as they are. */
export async function createTopics(
  kafka: Kafka,
  names: KafkaNames,
  services: readonly ServiceName[],
  { partitions, replicationFactor }: TopicLayout,
): Promise<void> {
  const topic = (name: string, numPartitions: number, retention: number): ITopicConfig => ({
    topic: name,
    numPartitions,
    replicationFactor,
    configEntries: [
      { name: 'retention.ms', value: String(retention) },
      { name: 'max.message.bytes', value: String(maxMessageBytes) },
    ],
  });
  const topics = services.flatMap((service) => [
    topic(names.commands(service), partitions, 7 * days),
    topic(names.dead(service), 1, 90 * days),
    topic(names.events(service), partitions, 7 * days),
  ]);
  await administer(kafka, async (admin) => {
    const present = new Set(await admin.listTopics());
    const missing = [...topics, topic(names.replies, 1, 10 * minutes)].filter(({ topic: name }) => !present.has(name));
    if (missing.length === 0) return;
    // Its leaders as the metadata tell them may not know yet that they are: they are asked themselves.
    await admin.createTopics({ topics: missing, waitForLeaders: false });
    await Promise.all(missing.map(({ topic: name }) => endsOf(admin, name)));
  });
}
