import { caldav } from '../names.js';
import { childNamed, textOf, type XmlElement } from '../xml-element.js';
import { parseFilter } from './comp-filter.js';
import { parseLimit } from './limit.js';
import type { CalendarQuery } from './report-request.js';
import { parseRequestedData } from './requested-data.js';
import { invalidFilter } from './valid-filter.js';

/** CALDAV:calendar-query (RFC 4791 7.8, 9.5). */
export function parseCalendarQuery(root: XmlElement): CalendarQuery {
  const filter = childNamed(root, caldav('filter'));
  if (filter === undefined) throw invalidFilter('CALDAV:calendar-query needs a CALDAV:filter.');
  return {
    kind: 'calendar-query',
    ...parseRequestedData(root),
    filter: parseFilter(filter),
    timezone: textIn(root, 'timezone'),
    timezoneId: textIn(root, 'timezone-id')?.trim() ?? null,
    limit: parseLimit(root),
  };
}

function textIn(root: XmlElement, local: string): string | null {
  const element = childNamed(root, caldav(local));
  const text = element === undefined ? '' : textOf(element);
  return text.trim() === '' ? null : text;
}
