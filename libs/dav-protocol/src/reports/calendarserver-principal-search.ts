import { badRequest } from '../dav-error.js';
import { calendarServer, dav } from '../names.js';
import { childNamed, childrenNamed, textOf, type XmlElement } from '../xml-element.js';
import { parseLimit } from './limit.js';
import { optionalProperties } from './optional-properties.js';
import type { CalendarserverPrincipalSearch, PrincipalSearch } from './report-request.js';

/** CS:calendarserver-principal-search: macOS and iOS look up attendees, rooms and groups by the words typed so far. */
export function parseCalendarserverPrincipalSearch(root: XmlElement): CalendarserverPrincipalSearch {
  const searches = childrenNamed(root, calendarServer('search-token')).map(parseToken);
  if (searches.length === 0) throw badRequest('calendarserver-principal-search needs a CS:search-token.');
  return {
    kind: 'calendarserver-principal-search',
    test: 'allof',
    searches,
    properties: optionalProperties(root),
    applyToPrincipalCollectionSet: childNamed(root, dav('apply-to-principal-collection-set')) !== undefined,
    limit: parseLimit(root),
    context: root.attributes['context']?.trim().toLowerCase() || null,
  };
}

function parseToken(element: XmlElement): PrincipalSearch {
  return { names: [], match: textOf(element).trim(), matchType: 'contains' };
}
