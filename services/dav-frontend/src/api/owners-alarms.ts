import {
  type CalendarFault,
  type CalendarObject,
  type EditedObject,
  isCalendarFault,
  readCalendarObject,
  splitAlarms,
  type UserAlarms,
} from '@almanac/icalendar';
import type { MemberResource } from '../resources/resource.js';
import { textOf } from '../resources/view.js';

/** The reminders that the owner has of what a member becomes, and of what is cut off it. */
export interface OwnersAlarms {
  readonly text?: UserAlarms;
  readonly later?: UserAlarms;
}

/**
 * Who edits somebody else's appointment sees it without the owner's reminders. The same edit of what is stored says where
 * they go: occurrences get components and names that they had not before (R6). Nothing in the owner's own folders.
 * What third users have set for themselves is kept under the member's name: it stays with the earlier part.
 */
export function ownersAlarms(
  { folder, stored }: MemberResource,
  edit: (object: CalendarObject) => EditedObject | CalendarFault,
): OwnersAlarms {
  const object = folder.right === 'owner' ? null : readCalendarObject(textOf(stored));
  const edited = object === null || isCalendarFault(object) ? null : edit(object);
  if (edited === null || isCalendarFault(edited)) return {};
  const of = (text: string | null) => (text === null ? [] : splitAlarms(text).alarms);
  return { text: of(edited.text), later: of(edited.later) };
}
