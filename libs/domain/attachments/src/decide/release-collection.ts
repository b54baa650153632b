import {
  accept,
  type AttachmentEvent,
  type CollectionReferencesReleased,
  type Decision,
  type ReleaseCollection,
} from '@almanac/contracts';
import { type AttachmentsState, usedChange } from '../attachments-state.js';

/** A deleted collection's members refer to nothing any more (A6). */
export function releaseCollection(
  state: AttachmentsState,
  { collection, version, idleFrom }: ReleaseCollection,
  at: number,
): Decision<AttachmentEvent> {
  if ((state.positions.get(collection) ?? 0) >= version) return accept([]);
  const released = [...state.attachments]
    .filter(([, { references }]) => references.some(({ stream }) => stream === collection))
    .map(([managedId]) => managedId);
  if (released.length === 0) return accept([]);
  const event: CollectionReferencesReleased = {
    type: 'CollectionReferencesReleased',
    schema: 1,
    collection,
    version,
    released,
    at,
    ...(idleFrom === undefined ? {} : { idleFrom }),
    used: 0,
  };
  return accept([{ ...event, used: usedChange(state, event, released) }]);
}
