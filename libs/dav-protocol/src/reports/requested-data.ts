import { caldav, dav } from '../names.js';
import { childNamed, type XmlElement } from '../xml-element.js';
import { parseCalendarData, parseCalendarDataFormat } from './calendar-data.js';
import { optionalProperties } from './optional-properties.js';
import type { RequestedData } from './report-request.js';

/** The properties that a report asks for, with what the CALDAV:calendar-data among them asks for (RFC 4791 9.6). */
export function parseRequestedData(root: XmlElement): RequestedData {
  const properties = optionalProperties(root);
  const prop = childNamed(root, dav('prop'));
  const element = prop === undefined ? undefined : childNamed(prop, caldav('calendar-data'));
  if (element === undefined) return { properties, data: null, dataFormat: null };
  return { properties, data: parseCalendarData(element), dataFormat: parseCalendarDataFormat(element) };
}
