import { type Commit, type ServiceName, type StreamName, streamName, upcast } from '@almanac/contracts';
import type { Message } from 'kafkajs';
import { headerOf, headersFrom } from './kafka-client.js';
import { keyOf } from './topics.js';

/** A commit as a message: CloudEvents 1.0 in Kafka's binary mode, one event a commit. */
export function commitMessage(service: ServiceName, commit: Commit): Message {
  const { stream, version, at, traceparent, events } = commit;
  const headers = headersFrom({
    ce_specversion: '1.0',
    ce_id: `${stream}@${version}`,
    ce_source: `/almanac/${service}`,
    ce_type: 'almanac.commit.v1',
    ce_subject: stream,
    ce_time: new Date(at).toISOString(),
    // An extension of ours: whoever wants none of these need not read the body.
    ce_eventtypes: [...new Set(events.map(({ type }) => type))].join(','),
    'content-type': 'application/json',
    traceparent,
  });
  return { key: keyOf(stream), value: JSON.stringify(commit), headers };
}

export const commitFrom = ({ value }: Pick<Message, 'value'>): Commit => upcast(JSON.parse(String(value)) as Commit);

/** What a message is of. */
export interface CommitNotice {
  readonly stream: StreamName;
  readonly version: number;
  /** Of its events. */
  readonly types: readonly string[];
}

/** Null where the headers do not say it. */
export function noticeOf(message: Pick<Message, 'headers'>): CommitNotice | null {
  const types = headerOf(message, 'ce_eventtypes');
  const [, stream = '', version = ''] = /^(.+)@(\d+)$/.exec(headerOf(message, 'ce_id') ?? '') ?? [];
  if (types === undefined || stream === '') return null;
  return { stream: streamName(stream), version: Number(version), types: types.split(',') };
}
