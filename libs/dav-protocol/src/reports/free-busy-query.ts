import { badRequest } from '../dav-error.js';
import { caldav } from '../names.js';
import { childNamed, type XmlElement } from '../xml-element.js';
import type { FreeBusyQuery } from './report-request.js';
import { parseClosedRange } from './utc-range.js';

/** CALDAV:free-busy-query (RFC 4791 7.10, 9.11). */
export function parseFreeBusyQuery(root: XmlElement): FreeBusyQuery {
  const range = childNamed(root, caldav('time-range'));
  if (range === undefined) throw badRequest('CALDAV:free-busy-query needs a CALDAV:time-range.');
  return { kind: 'free-busy-query', range: parseClosedRange(range, badRequest) };
}
