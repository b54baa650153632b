import type { MemberPut, MemberReshaped, PutMember } from '@almanac/contracts';
import { type CollectionState, originKey } from './collection-state.js';
import type { ObjectContent, ShapedContent } from './shape-object.js';

/** What goes along with a COPY or MOVE. */
export interface CopiedContent {
  readonly put: MemberPut | MemberReshaped;
  /** What the rules begin with. */
  readonly content: ObjectContent;
  /** What they had made of it, where the same ones hold; null: they run again. */
  readonly stored: ShapedContent | null;
}

/** What had been put where a COPY or MOVE comes from; null for other writes, and where something else is copied than that. */
export function originOf({ origins }: CollectionState, { origin, text, facts, size }: PutMember): CopiedContent | null {
  const found = origin === undefined ? undefined : origins.get(originKey(origin));
  if (origin === undefined || found === undefined) return null;
  const { put, content } = found;
  if (put.name !== origin.name || put.stored !== text) return null;
  const { changes = [], memory = null } = put;
  return { put, content, stored: origin.sameRules ? { text, facts, size, changes, memory } : null };
}

/** What the copy's event keeps of the one that it copies. */
export function keptOf(origin: CopiedContent | null): Pick<PutMember, 'received' | 'without' | 'attachments'> {
  if (origin === null) return {};
  const { received = origin.put.stored, without, attachments } = origin.put;
  return {
    received,
    ...(without === undefined ? {} : { without }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}
