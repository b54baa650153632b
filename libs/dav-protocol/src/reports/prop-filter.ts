import type { PropFilter } from '@almanac/icalendar';
import { caldav } from '../names.js';
import { childrenNamed, type XmlElement } from '../xml-element.js';
import { filterName, isNotDefined, onlyChild } from './filter-parts.js';
import { parseParamFilter } from './param-filter.js';
import { parseTextMatch } from './text-match.js';
import { parseTimeRange } from './utc-range.js';
import { invalidFilter } from './valid-filter.js';

/** CALDAV:prop-filter (RFC 4791 9.7.2): a time range or a text, never both. */
export function parsePropFilter(element: XmlElement): PropFilter {
  const name = filterName(element);
  if (isNotDefined(element, ['time-range', 'text-match', 'param-filter'])) {
    return { name, isNotDefined: true, paramFilters: [] };
  }
  const range = onlyChild(element, 'time-range');
  const text = onlyChild(element, 'text-match');
  if (range !== undefined && text !== undefined) {
    throw invalidFilter('prop-filter cannot have both time-range and text-match.');
  }
  return {
    name,
    ...(range !== undefined && { timeRange: parseTimeRange(range, invalidFilter) }),
    ...(text !== undefined && { textMatch: parseTextMatch(text) }),
    paramFilters: childrenNamed(element, caldav('param-filter')).map(parseParamFilter),
  };
}
