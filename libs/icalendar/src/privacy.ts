import type { CalendarObject } from './calendar-object.js';
import { objectParts } from './calendar-tree.js';
import { isCalendarFault } from './calendar-fault.js';
import { readCalendarTree } from './calendar-tree.js';
import { type Component, propertyOf } from './component-tree.js';

/** What macOS Calendar writes on the VCALENDAR (CalendarServer's caldav-privateevents). */
export const accessProperty = 'X-CALENDARSERVER-ACCESS';

/**
 * True where one component of the object is not public: an object is one appointment. RFC 5545 3.8.1.3 has unknown
 * classifications taken as PRIVATE. A text that is no calendar counts as private, for nobody can tell.
 */
export function isPrivate(object: string | CalendarObject): boolean {
  if (typeof object !== 'string') return isPrivateCalendar(object.root);
  const tree = readCalendarTree(object);
  return isCalendarFault(tree) || isPrivateCalendar(tree.root);
}

/** The same of a calendar that is read already. */
export function isPrivateCalendar(root: Component): boolean {
  return isHidden(root, accessProperty) || objectParts(root).some((part) => isHidden(part, 'CLASS'));
}

function isHidden(component: Component, name: string): boolean {
  const value = propertyOf(component, name)?.value.trim().toUpperCase() ?? '';
  return value !== '' && value !== 'PUBLIC';
}
