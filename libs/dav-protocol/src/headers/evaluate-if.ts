import { opaqueTag } from './entity-tags.js';
import type { IfCondition, IfList } from './if-header.js';

/** The state that an If header is compared with; `etag` is null when there is no such resource, or it has none. */
export interface ResourceState {
  readonly etag: string | null;
  /** Lock tokens and sync tokens of the resource. */
  readonly tokens: readonly string[];
}

/** Whether one of the lists holds (RFC 4918 10.4.3); an absent header holds. `state(null)` is the request URI's. */
export function evaluateIf(
  lists: readonly IfList[] | null,
  state: (resource: string | null) => ResourceState,
): boolean {
  if (lists === null) return true;
  return lists.some((list) => {
    const current = state(list.resource);
    return list.conditions.every((condition) => holds(condition, current));
  });
}

function holds(condition: IfCondition, current: ResourceState): boolean {
  const matches =
    condition.kind === 'token'
      ? current.tokens.includes(condition.value)
      : current.etag !== null && opaqueTag(current.etag) === condition.value;
  return matches !== condition.negate;
}
