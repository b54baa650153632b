import { calendarServer, caldav, dav, type PropertyName, property, xmlDocument } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import { xmlResponse } from '../http/send-response.js';
import { searchable } from './principal-property-search.js';

const descriptions: Readonly<Record<PropertyName, string>> = {
  [dav('displayname')]: 'Name',
  [caldav('calendar-user-address-set')]: 'Calendar address',
  [calendarServer('email-address-set')]: 'Mail address',
  [caldav('calendar-user-type')]: 'Kind',
};

/** RFC 3744 9.5 */
export function principalSearchPropertySet(): DavResponse {
  const properties = [...searchable.keys()].map((name) =>
    property(
      dav('principal-search-property'),
      `<d:prop>${property(name, '')}</d:prop><d:description xml:lang="en">${descriptions[name]}</d:description>`,
    ),
  );
  return xmlResponse(200, xmlDocument(dav('principal-search-property-set'), properties.join('')));
}
