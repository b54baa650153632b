import type { Commit } from '@almanac/contracts';
import { log } from '@almanac/observability';
import type { KafkaMessage } from 'kafkajs';
import { type CommitNotice, commitFrom, noticeOf } from './cloud-event.js';

/** A message of the feed, whose body is read only where somebody wants it, and once for all who do. */
export interface FeedEntry {
  readonly notice: CommitNotice;
  /** Null where the body is no commit. */
  readonly commit: () => Commit | null;
}

/** Null for what is no commit; if one was lost with it, the gap shows at the stream's next one. */
export function entryOf(message: KafkaMessage): FeedEntry | null {
  let read: Commit | null | undefined;
  const commit = (): Commit | null => {
    if (read === undefined) read = readable(message);
    return read;
  };
  const notice = noticeOf(message) ?? noticeFrom(commit());
  return notice === null ? null : { notice, commit };
}

/** For messages whose headers do not say what they are of. */
const noticeFrom = (commit: Commit | null): CommitNotice | null =>
  commit === null ? null : { ...commit, types: commit.events.map(({ type }) => type) };

function readable(message: KafkaMessage): Commit | null {
  try {
    return commitFrom(message);
  } catch (error) {
    log('error', 'an event was not readable', { key: String(message.key), offset: message.offset, error });
    return null;
  }
}
