import {
  accept,
  type AttachmentEvent,
  type ChangeReferences,
  type Decision,
  isHolder,
  type ReferencesChanged,
} from '@almanac/contracts';
import { type AttachmentsState, usedChange } from '../attachments-state.js';

/** What a version of a member refers to. Versions come in order; one that was followed already changes nothing. */
export function changeReferences(
  state: AttachmentsState,
  { holder, version, managedIds }: ChangeReferences,
  at: number,
): Decision<AttachmentEvent> {
  if ((state.positions.get(holder.stream) ?? 0) >= version) return accept([]);
  const wanted = new Set(managedIds);
  const referred: string[] = [];
  const released: string[] = [];
  for (const [managedId, { references }] of state.attachments) {
    const refers = references.some((one) => isHolder(one, holder));
    if (wanted.has(managedId) && !refers) referred.push(managedId);
    if (!wanted.has(managedId) && refers) released.push(managedId);
  }
  const touched = [...referred, ...released];
  if (touched.length === 0) return accept([]);
  const type = 'ReferencesChanged';
  const event: ReferencesChanged = { type, schema: 1, holder, version, referred, released, at, used: 0 };
  return accept([{ ...event, used: usedChange(state, event, touched) }]);
}
