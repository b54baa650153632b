import { caldav, forbidden } from '@almanac/dav-protocol';
import { isCalendarFault, readTimezoneProperty, utc, type Zone, zoneById } from '@almanac/icalendar';
import { textProperty } from '../properties/live-property.js';
import type { CollectionResource } from '../resources/resource.js';

/**
 * The zone that floating times and whole days are seen in (RFC 4791 7.3): the request's, else the collection's,
 * else UTC.
 * @throws DavError 403 for a zone of the request that cannot be read
 */
export function observerZone(
  folder: CollectionResource | null,
  request: { readonly timezone: string | null; readonly timezoneId: string | null } = {
    timezone: null,
    timezoneId: null,
  },
): Zone {
  if (request.timezone !== null) {
    const zone = readTimezoneProperty(request.timezone);
    if (isCalendarFault(zone)) throw forbidden(caldav('valid-calendar-data'), zone.reason);
    return zone;
  }
  if (request.timezoneId !== null) {
    const zone = zoneById(request.timezoneId);
    if (zone === null) throw forbidden(caldav('valid-timezone'), `The time zone ${request.timezoneId} is not known.`);
    return zone;
  }
  const own = folder === null ? undefined : textProperty(folder.collection, caldav('calendar-timezone'));
  const zone = own === undefined ? utc : readTimezoneProperty(own);
  return isCalendarFault(zone) ? utc : zone;
}
