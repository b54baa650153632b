import type { MemberRecord } from '@almanac/contracts';
import { splitAlarms, type UserAlarms, withAlarms } from '@almanac/icalendar';
import type { RequestContext } from '../request-context.js';
import { overlayStreamOf } from '../resources/folders.js';
import type { CollectionResource } from '../resources/resource.js';
import { alarmsFor } from '../resources/sharee-sight.js';
import { textOf } from '../resources/view.js';
import { send } from '../send-command.js';

/**
 * What all see, with the reminders that its owner has: nobody else's PUT changes those (R6).
 * @param ownersAlarms those that the owner is to have, where they are not those of `stored`
 */
export function contentForAll(
  { right }: CollectionResource,
  content: string,
  stored: MemberRecord | null,
  ownersAlarms?: UserAlarms,
): string {
  if (right === 'owner') return content;
  return withAlarms(content, ownersAlarms ?? (stored === null ? [] : splitAlarms(textOf(stored)).alarms));
}

interface OwnAlarms {
  readonly member: Pick<MemberRecord, 'name' | 'uid'>;
  readonly alarms: UserAlarms;
}

/** Keeps the actor's own reminders of a member in somebody else's calendar, where they are others than before. */
export async function setOwnAlarms(
  context: RequestContext,
  { collection, overlay }: CollectionResource,
  { member, alarms }: OwnAlarms,
): Promise<void> {
  const { name, uid } = member;
  const text = alarms.length === 0 ? null : JSON.stringify(alarms);
  const before = alarmsFor(overlay, member);
  if (text === (before.length === 0 ? null : JSON.stringify(before))) return;
  const pinned = overlay?.alarms[name]?.version ?? 0;
  const stream = overlayStreamOf(context, collection);
  await send(context, { service: 'calendar', stream }, { type: 'SetOverlayAlarms', name, uid, alarms: text, pinned });
}
