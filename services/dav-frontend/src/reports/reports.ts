import { DavError, dav, type ReportRequest } from '@almanac/dav-protocol';
import type { DavResponse } from '../http/dav-request.js';
import type { RequestContext } from '../request-context.js';
import type { DavResource } from '../resources/resource.js';
import { aclPrincipalPropSet } from './acl-principal-prop-set.js';
import { calendarMultiget } from './calendar-multiget.js';
import { calendarQuery } from './calendar-query.js';
import { expandProperty } from './expand-property.js';
import { freeBusyQuery } from './free-busy-query.js';
import { principalMatch } from './principal-match.js';
import { principalPropertySearch } from './principal-property-search.js';
import { principalSearchPropertySet } from './principal-search-property-set.js';
import { syncCollection } from './sync-collection.js';

/** The table of reports; which resource has which is in `supported-reports.ts`. */
export function reports(
  context: RequestContext,
  resource: DavResource,
  request: ReportRequest,
): DavResponse | Promise<DavResponse> {
  switch (request.kind) {
    case 'calendar-query':
      return calendarQuery(context, resource, request);
    case 'calendar-multiget':
      return calendarMultiget(context, resource, request);
    case 'sync-collection':
      return syncCollection(context, resource, request);
    case 'free-busy-query':
      return freeBusyQuery(context, resource, request);
    case 'expand-property':
      return expandProperty(context, resource, request);
    case 'principal-property-search':
    case 'calendarserver-principal-search':
      return principalPropertySearch(context, request);
    case 'principal-search-property-set':
      return principalSearchPropertySet();
    case 'principal-match':
      return principalMatch(context, resource, request);
    case 'acl-principal-prop-set':
      return aclPrincipalPropSet(context, resource, request);
    case 'unknown':
      throw new DavError(403, { precondition: dav('supported-report') });
  }
}
