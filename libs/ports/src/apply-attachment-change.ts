import { type AttachmentRecord, usesAfter } from '@almanac/contracts';
import type { AttachmentsAdvancedChange, AttachmentUsesChange } from './read-model-changes.js';

/** The attachment's record after a change of its uses, with its fields in one order, so that a rebuild gives the same bytes. */
export function applyAttachmentUses(before: AttachmentRecord, change: AttachmentUsesChange): AttachmentRecord {
  const { references, awaited, idleSince } = usesAfter(before, change.managedId, change.event);
  return { ...before, version: change.version, references, awaited, idleSince };
}

/** Positions by collection, as JSON with sorted names. */
export function applyPosition(before: string, position: AttachmentsAdvancedChange['position']): string {
  if (position === undefined) return before;
  const positions = { ...(JSON.parse(before) as Record<string, number>), [position.collection]: position.version };
  return JSON.stringify(positions, Object.keys(positions).sort());
}
