import type { ServiceName } from '@almanac/contracts';
import type { ITopicConfig, Kafka } from 'kafkajs';
import { administer, endsOf } from './kafka-client.js';
import type { KafkaNames } from './topics.js';

export interface TopicLayout {
  /** Of the commands and events of each service; as many owners can share its work. */
  readonly partitions: number;
  /** Null: three, or as many as there are brokers. */
  readonly replicationFactor: number | null;
}

const bestReplication = 3;

/** A resource of the largest size as JSON, with what is around it, and several of them in a batch. */
export const maxMessageBytes = 8 * 1024 * 1024;

const minutes = 60_000;
const days = 24 * 60 * minutes;

/** Makes the topics that are missing and waits until they answer; those that are there stay as they are. */
export async function createTopics(
  kafka: Kafka,
  names: KafkaNames,
  services: readonly ServiceName[],
  { partitions, replicationFactor: wanted }: TopicLayout,
): Promise<void> {
  const topics = services.flatMap((service): readonly Wanted[] => [
    [names.commands(service), partitions, 7 * days],
    [names.dead(service), 1, 90 * days],
    [names.events(service), partitions, 7 * days],
  ]);
  await administer(kafka, async (admin) => {
    const present = new Set(await admin.listTopics());
    const absent = [...topics, [names.replies, 1, 10 * minutes] as const].filter(([name]) => !present.has(name));
    if (absent.length === 0) return;
    const { brokers } = await admin.describeCluster();
    const replicationFactor = wanted ?? Math.min(bestReplication, brokers.length);
    const missing = absent.map((topic) => configOf(topic, replicationFactor));
    // Its leaders as the metadata tell them may not know yet that they are: they are asked themselves.
    await admin.createTopics({ topics: missing, waitForLeaders: false });
    await Promise.all(missing.map(({ topic: name }) => endsOf(admin, name)));
  });
}

type Wanted = readonly [topic: string, partitions: number, retention: number];

function configOf([topic, numPartitions, retention]: Wanted, replicationFactor: number): ITopicConfig {
  const settings = {
    'retention.ms': retention,
    'max.message.bytes': maxMessageBytes,
    // What was acknowledged is on two brokers, wherever there are so many.
    'min.insync.replicas': replicationFactor > 2 ? 2 : 1,
  };
  const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value: String(value) }));
  return { topic, numPartitions, replicationFactor, configEntries };
}
