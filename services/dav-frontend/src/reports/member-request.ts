import { caldav, type RequestedData } from '@almanac/dav-protocol';
import type { Zone } from '@almanac/icalendar';
import type { MemberRequest } from '../properties/describe-members.js';

/** What a report wants of each member; calendar-data only where it is named (RFC 4791 9.6). */
export function memberRequest({ properties, data }: RequestedData, observer: Zone): MemberRequest {
  const named = properties.kind === 'prop' && properties.names.includes(caldav('calendar-data'));
  return named ? { properties, data: { spec: data, observer } } : { properties };
}
