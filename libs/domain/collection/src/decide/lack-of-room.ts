import { type Command, homeOf, type PutMember, type Rejection } from '@almanac/contracts';
import type { CollectionState } from '../collection-state.js';

/**
 * Null when the collection and its home may take a member of so many octets (RFC 4331 6; limits of the tenant). What takes
 * no more room than before is always taken, and what a MOVE takes away makes room for itself.
 */
export function lackOfRoom(
  state: CollectionState,
  { stream, body }: Pick<Command<PutMember>, 'stream' | 'body'>,
  size: number,
): Rejection | null {
  const { limits, move } = body;
  if (limits === undefined || state.collection === null) return null;
  const before = state.members.get(body.name);
  const source = move?.source.stream ?? null;
  const members = before === undefined && source !== stream ? 1 : 0;
  if (members > 0 && state.collection.count >= limits.maxMembers) return tooManyMembers(limits.maxMembers);
  const leaving = source !== null && homeOf(source) === homeOf(stream) ? body.size : 0;
  const octets = size - (before?.size ?? 0) - leaving;
  if (octets <= 0 || octets <= limits.quotaBytes - state.usage.octets) return null;
  return full;
}

const tooManyMembers = (most: number): Rejection => ({
  code: 'too-many-members',
  detail: `A collection may have ${most} members at most; use another, or delete some.`,
});

const full: Rejection = {
  code: 'quota-not-exceeded',
  detail: 'The storage of this account is full; delete something first, or ask the administrator for more.',
};
