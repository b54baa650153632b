import { caldav, forbidden } from '@almanac/dav-protocol';
import type { CalendarObject } from '@almanac/icalendar';
import { instanceLimits } from '../resources/object-limits.js';

/** Bounds of floating times are widened by so many seconds at most. */
const floatingMargin = 14 * 3600;

/**
 * min-date-time and max-date-time of RFC 4791 5.3.2.1.
 * @throws DavError 403 with the precondition
 */
export function checkDateLimits({ facts: { start, end } }: CalendarObject): void {
  const { minInstant, maxInstant, minDateTime, maxDateTime } = instanceLimits;
  if (start !== null && start < minInstant - floatingMargin) {
    throw forbidden(caldav('min-date-time'), `Nothing may begin before ${minDateTime}.`);
  }
  if (end !== null && end > maxInstant + floatingMargin) {
    throw forbidden(caldav('max-date-time'), `Nothing may end after ${maxDateTime}.`);
  }
}

/**
 * max-instances and max-attendees-per-instance of RFC 4791 5.3.2.1; what a rule generates is not counted.
 * @throws DavError 403 with the precondition
 */
export function checkInstanceLimits({ root, component }: CalendarObject): void {
  const { maxInstances, maxAttendees } = instanceLimits;
  let instances = 0;
  for (const { name, properties } of root.components) {
    if (name !== component) continue;
    const attendees = properties.filter((property) => property.name === 'ATTENDEE').length;
    if (attendees > maxAttendees) {
      throw forbidden(
        caldav('max-attendees-per-instance'),
        `An appointment may have ${maxAttendees} attendees at most.`,
      );
    }
    const dates = properties.filter((property) => property.name === 'RDATE');
    instances += 1 + dates.reduce((count, { value }) => count + value.split(',').length, 0);
  }
  if (instances > maxInstances) {
    throw forbidden(caldav('max-instances'), `An object may list ${maxInstances} single instances at most.`);
  }
}
