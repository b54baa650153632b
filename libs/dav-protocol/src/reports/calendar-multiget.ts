import { badRequest } from '../dav-error.js';
import { dav } from '../names.js';
import { childrenNamed, textOf, type XmlElement } from '../xml-element.js';
import type { CalendarMultiget } from './report-request.js';
import { parseRequestedData } from './requested-data.js';

/** CALDAV:calendar-multiget (RFC 4791 7.9, 9.10). */
export function parseCalendarMultiget(root: XmlElement): CalendarMultiget {
  const hrefs = childrenNamed(root, dav('href')).map((element) => textOf(element).trim());
  if (hrefs.length === 0) throw badRequest('CALDAV:calendar-multiget needs at least one DAV:href.');
  return { kind: 'calendar-multiget', ...parseRequestedData(root), hrefs };
}
