import type { Right } from '@almanac/access';
import type { MemberRecord, OverlayRecord, PrincipalRecord } from '@almanac/contracts';
import {
  attendeeAddresses,
  isPrivate,
  maskAll,
  maskPrivate,
  splitAlarms,
  type UserAlarms,
  withAlarms,
} from '@almanac/icalendar';
import { type ShownMember, textOf, withText } from './view.js';

export interface Sharee {
  readonly viewer: PrincipalRecord;
  readonly right: Right;
  readonly overlay: OverlayRecord | null;
}

/** What somebody else than the owner sees of a member: never the owner's reminders, but their own (R6, V4). */
export const shareeSight =
  (sharee: Sharee) =>
  (member: MemberRecord): ShownMember => {
    const text = textOf(member);
    if (sharee.right === 'see-busy') return masked(member, maskAll(text));
    if (isPrivate(text) && !knowsWhole(sharee.viewer, member, text)) return masked(member, maskPrivate(text));
    return withText(member, withAlarms(splitAlarms(text).content, alarmsFor(sharee.overlay, member)));
  };

/** Properties that somebody has set on a private appointment may tell what it is. */
const masked = (member: MemberRecord, text: string): ShownMember => ({
  ...withText(member, text),
  properties: {},
  masked: true,
});

/** Who made a private appointment, or is to attend it, knows of it (V4). */
function knowsWhole({ id, addresses }: PrincipalRecord, { createdBy }: MemberRecord, text: string): boolean {
  if (createdBy === id) return true;
  const own = new Set(addresses.map((address) => address.toLowerCase()));
  return attendeeAddresses(text).some((address) => own.has(address));
}

/** Alarms are of the member that they were set for, not of another one that came to have its name. */
export function alarmsFor(
  overlay: OverlayRecord | null,
  { name, uid }: Pick<MemberRecord, 'name' | 'uid'>,
): UserAlarms {
  const own = overlay?.alarms[name];
  return own === undefined || own.uid !== uid || own.alarms === null ? [] : (JSON.parse(own.alarms) as UserAlarms);
}
