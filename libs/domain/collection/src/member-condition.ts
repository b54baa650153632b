import { type MemberCondition, type MemberTag, type Rejection } from '@almanac/contracts';
import type { LiveMember } from './collection-state.js';
import { changedMeanwhile } from './rejections.js';

/** Null when the client's conditions hold for the member as it is (RFC 9110 13.1, RFC 4918 10.4). */
export function failedCondition(
  condition: MemberCondition,
  member: LiveMember | undefined,
  epoch: string,
): Rejection | null {
  const { ifMatch, ifNoneMatch, pinned } = condition;
  if (ifMatch !== undefined && !names(ifMatch, member, epoch)) {
    return failed(
      member === undefined
        ? 'If-Match asks for a resource that is not there.'
        : 'The resource has changed since the ETag in If-Match was given; fetch it, and apply the change again.',
    );
  }
  if (ifNoneMatch !== undefined && names(ifNoneMatch, member, epoch)) {
    return failed('The resource is there already, and If-None-Match excludes it.');
  }
  if (pinned !== undefined && pinned.version !== (member?.version ?? null)) {
    return changedMeanwhile;
  }
  return null;
}

function names(tags: 'exists' | readonly MemberTag[], member: LiveMember | undefined, epoch: string): boolean {
  if (member === undefined) return false;
  return tags === 'exists' || tags.some((tag) => tag.epoch === epoch && tag.version === member.version);
}

const failed = (detail: string): Rejection => ({ code: 'precondition-failed', detail });
