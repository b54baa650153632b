import { caldav, calendarServer, dav, type PropertyName, property } from '@almanac/dav-protocol';
import type { ResourceKind } from '../resources/resource.js';

const everywhere: readonly PropertyName[] = [
  dav('expand-property'),
  dav('principal-property-search'),
  dav('principal-search-property-set'),
  dav('principal-match'),
  dav('acl-principal-prop-set'),
  calendarServer('calendarserver-principal-search'),
];
const calendar: readonly PropertyName[] = [
  caldav('calendar-query'),
  caldav('calendar-multiget'),
  caldav('free-busy-query'),
];

const reportsOn: Readonly<Record<ResourceKind, readonly PropertyName[]>> = {
  root: everywhere,
  homes: everywhere,
  principals: everywhere,
  principal: everywhere,
  home: [...everywhere, ...calendar],
  collection: [...everywhere, ...calendar, dav('sync-collection')],
  member: [...everywhere, caldav('calendar-query'), caldav('calendar-multiget')],
};

export const supports = (kind: ResourceKind, name: PropertyName): boolean => reportsOn[kind].includes(name);

/** As empty elements, for DAV:supported-report-set (RFC 3253 3.1.5). */
export const supportedReports = (kind: ResourceKind): readonly string[] =>
  reportsOn[kind].map((name) => property(name, ''));
