import { setTimeout as delay } from 'node:timers/promises';
import { connectKafka, kafkaNames } from '@almanac/adapters-distributed';

const names = kafkaNames();
/** A group whose members were killed is left by them after ten seconds; before, its offsets cannot be set. */
const emptyLimit = 60_000;

/** Sets a service's position in its commands back by so many messages of each partition: all of them come again. */
export async function rewind(broker: string, service: 'calendar' | 'tasks', by: number): Promise<void> {
  const admin = connectKafka({ brokers: [broker], clientId: 'chaos-rewind' }).admin();
  const [groupId, topic] = [names.group(service), names.commands(service)];
  await admin.connect();
  try {
    for (const limit = Date.now() + emptyLimit; ; await delay(500)) {
      try {
        const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
        const partitions = (found?.partitions ?? []).map(({ partition, offset }) => ({
          partition,
          offset: String(Math.max(0, Number(offset) - by)),
        }));
        await admin.setOffsets({ groupId, topic, partitions });
        return;
      } catch (error) {
        if (Date.now() > limit) throw error;
      }
    }
  } finally {
    await admin.disconnect();
  }
}
