import { anchorOf, readCalendarItem } from './calendar-item.js';
import { type CalendarTime, formatDate, formatInstant, formatWall, readCalendarTime } from './calendar-time.js';
import { type CalendarTree, masterOf } from './calendar-tree.js';
import { dayOfWall } from './civil-date.js';
import { type Component, propertyOf } from './component-tree.js';
import { identityOf } from './series.js';

/**
 * The name of an override: null for a master, else its RECURRENCE-ID in the one form that the series gives it, whatever
 * zone the client wrote it in (B17): UTC where the series has a zone, else the wall's time or day.
 */
export function recurrenceKey(component: Component, tree: CalendarTree): string | null {
  const property = propertyOf(component, 'RECURRENCE-ID');
  if (property === undefined) return null;
  return instanceKey(readCalendarTime(property.value, property, tree.zones), seriesAnchor(tree));
}

/** Each of thousands of overrides asks for it. */
const anchors = new WeakMap<Component, CalendarTime | null>();

/** The time that the master gives the first instance. */
function seriesAnchor({ root, zones }: CalendarTree): CalendarTime | null {
  const known = anchors.get(root);
  if (known !== undefined) return known;
  const master = masterOf(root);
  const anchor = master === undefined ? null : anchorOf(readCalendarItem(master, zones));
  anchors.set(root, anchor);
  return anchor;
}

/** Seconds that tell an instance: an instant where the series has a zone, else seconds of the wall. */
export function recurrenceIdentity(component: Component, tree: CalendarTree): number | null {
  const property = propertyOf(component, 'RECURRENCE-ID');
  if (property === undefined) return null;
  return identityOf(readCalendarTime(property.value, property, tree.zones), seriesAnchor(tree));
}

/** The same of an instance's name. @param anchor the time that the master gives the first instance */
export function instanceKey(time: CalendarTime, anchor: CalendarTime | null): string {
  if (time.kind === 'date' || anchor?.kind === 'date') return formatDate(dayOfWall(time.wall));
  const identity = identityOf(time, anchor);
  return (anchor ?? time).zone === null ? formatWall(identity) : formatInstant(identity);
}
