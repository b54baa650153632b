import { type Commit, type ServiceName, upcast } from '@almanac/contracts';
import type { Message } from 'kafkajs';
import { headersFrom } from './kafka-client.js';
import { keyOf } from './topics.js';

/** A commit as a message: CloudEvents 1.0 in Kafka's binary mode, one event a commit. */
export function commitMessage(service: ServiceName, commit: Commit): Message {
  const { stream, version, at, traceparent } = commit;
  const headers = headersFrom({
    ce_specversion: '1.0',
    ce_id: `${stream}@${version}`,
    ce_source: `/almanac/${service}`,
    ce_type: 'almanac.commit.v1',
    ce_subject: stream,
    ce_time: new Date(at).toISOString(),
    'content-type': 'application/json',
    traceparent,
  });
  return { key: keyOf(stream), value: JSON.stringify(commit), headers };
}

export const commitFrom = ({ value }: Pick<Message, 'value'>): Commit => upcast(JSON.parse(String(value)) as Commit);
