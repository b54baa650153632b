import type { CompFilter } from '@almanac/icalendar';
import { caldav } from '../names.js';
import { childrenNamed, type XmlElement } from '../xml-element.js';
import { filterName, isNotDefined, onlyChild } from './filter-parts.js';
import { parsePropFilter } from './prop-filter.js';
import { parseTimeRange } from './utc-range.js';
import { invalidFilter } from './valid-filter.js';

/** Components that have no time of their own (RFC 4791 9.9). */
const timeless = new Set(['VCALENDAR', 'VTIMEZONE', 'STANDARD', 'DAYLIGHT']);

/**
 * The CALDAV:comp-filter of VCALENDAR inside a CALDAV:filter (RFC 4791 9.7).
 * @throws DavError 403 CALDAV:valid-filter or CALDAV:supported-collation
 */
export function parseFilter(filter: XmlElement): CompFilter {
  const root = onlyChild(filter, 'comp-filter');
  if (root === undefined) throw invalidFilter('CALDAV:filter needs a comp-filter.');
  const parsed = parseCompFilter(root);
  if (parsed.name !== 'VCALENDAR') throw invalidFilter('The outermost comp-filter must be of VCALENDAR.');
  return parsed;
}

/** CALDAV:comp-filter (RFC 4791 9.7.1). */
function parseCompFilter(element: XmlElement): CompFilter {
  const name = filterName(element);
  if (isNotDefined(element, ['time-range', 'prop-filter', 'comp-filter'])) {
    return { name, isNotDefined: true, propFilters: [], compFilters: [] };
  }
  const range = onlyChild(element, 'time-range');
  if (range !== undefined && timeless.has(name)) throw invalidFilter(`A time-range cannot be applied to ${name}.`);
  return {
    name,
    ...(range !== undefined && { timeRange: parseTimeRange(range, invalidFilter) }),
    propFilters: childrenNamed(element, caldav('prop-filter')).map(parsePropFilter),
    compFilters: childrenNamed(element, caldav('comp-filter')).map(parseCompFilter),
  };
}
