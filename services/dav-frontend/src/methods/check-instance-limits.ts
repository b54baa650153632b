import { caldav, forbidden } from '@almanac/dav-protocol';
import type { CalendarObject } from '@almanac/icalendar';
import { instanceLimits } from '../resources/object-limits.js';

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
