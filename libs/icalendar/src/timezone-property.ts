import { type CalendarFault, faultOf, refuse } from './calendar-fault.js';
import { readComponentTree } from './component-tree.js';
import { sentZone } from './sent-zone.js';
import type { Zone } from './zone.js';

/** The year whose rules a collection's time zone is compared in; a fixed one, as this library has no clock. */
const COMPARED_YEAR = 2025;

/** Reads CALDAV:calendar-timezone (RFC 4791 5.2.2): an iCalendar object with exactly one VTIMEZONE. */
export function readTimezoneProperty(text: string): Zone | CalendarFault {
  return faultOf(() => {
    const root = readComponentTree(text);
    const [timezone, second] = root.components;
    if (timezone === undefined || timezone.name !== 'VTIMEZONE')
      refuse('Send one VTIMEZONE in the VCALENDAR.', root.line);
    if (second !== undefined) refuse('Send nothing beside the one VTIMEZONE.', second.line);
    return sentZone(timezone, COMPARED_YEAR);
  });
}
