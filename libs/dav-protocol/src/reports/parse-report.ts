import { calendarServer, caldav, dav, type PropertyName } from '../names.js';
import type { XmlElement } from '../xml-element.js';
import { parseAclPrincipalPropSet } from './acl-principal-prop-set.js';
import { parseCalendarMultiget } from './calendar-multiget.js';
import { parseCalendarQuery } from './calendar-query.js';
import { parseCalendarserverPrincipalSearch } from './calendarserver-principal-search.js';
import { parseExpandProperty } from './expand-property.js';
import { parseFreeBusyQuery } from './free-busy-query.js';
import { parsePrincipalMatch } from './principal-match.js';
import { parsePrincipalPropertySearch } from './principal-property-search.js';
import type { ReportRequest } from './report-request.js';
import { parseSyncCollection } from './sync-collection.js';

const parsers: ReadonlyMap<PropertyName, (root: XmlElement) => ReportRequest> = new Map<
  PropertyName,
  (root: XmlElement) => ReportRequest
>([
  [caldav('calendar-query'), parseCalendarQuery],
  [caldav('calendar-multiget'), parseCalendarMultiget],
  [caldav('free-busy-query'), parseFreeBusyQuery],
  [dav('sync-collection'), parseSyncCollection],
  [dav('expand-property'), parseExpandProperty],
  [dav('principal-property-search'), parsePrincipalPropertySearch],
  [dav('principal-search-property-set'), () => ({ kind: 'principal-search-property-set' })],
  [dav('principal-match'), parsePrincipalMatch],
  [dav('acl-principal-prop-set'), parseAclPrincipalPropSet],
  [calendarServer('calendarserver-principal-search'), parseCalendarserverPrincipalSearch],
]);

/**
 * The body of a REPORT (RFC 3253 3.6), told apart by its root element; elements that a report does not know are ignored.
 * @throws DavError 400 for a body that lacks what its report needs; 403 with CALDAV:valid-filter,
 *   CALDAV:supported-collation or CALDAV:supported-calendar-data (RFC 4791 7.8)
 */
export function parseReport(root: XmlElement): ReportRequest {
  const parse = parsers.get(root.name);
  return parse === undefined ? { kind: 'unknown', name: root.name } : parse(root);
}
