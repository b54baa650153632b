import type { ParamFilter } from '@almanac/icalendar';
import type { XmlElement } from '../xml-element.js';
import { filterName, isNotDefined, onlyChild } from './filter-parts.js';
import { parseTextMatch } from './text-match.js';

/** CALDAV:param-filter (RFC 4791 9.7.3). */
export function parseParamFilter(element: XmlElement): ParamFilter {
  const name = filterName(element);
  if (isNotDefined(element, ['text-match'])) return { name, isNotDefined: true };
  const textMatch = onlyChild(element, 'text-match');
  return textMatch === undefined ? { name } : { name, textMatch: parseTextMatch(textMatch) };
}
