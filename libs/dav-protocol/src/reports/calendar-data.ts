import type { CalendarDataSpec, CompSpec, PropSpec, TimeRange } from '@almanac/icalendar';
import { badRequest, forbidden } from '../dav-error.js';
import { caldav } from '../names.js';
import { childNamed, childrenNamed, type XmlElement } from '../xml-element.js';
import type { CalendarDataFormat } from './report-request.js';
import { parseClosedRange } from './utc-range.js';

/**
 * What CALDAV:calendar-data asks to be sent of an object (RFC 4791 9.6); null when it has no such part: the whole object.
 * @throws DavError 400 for a part that is out of place
 */
export function parseCalendarData(element: XmlElement): CalendarDataSpec | null {
  const comp = childNamed(element, caldav('comp'));
  const expand = rangeIn(element, 'expand');
  const limitRecurrenceSet = rangeIn(element, 'limit-recurrence-set');
  const limitFreebusySet = rangeIn(element, 'limit-freebusy-set');
  if (expand !== undefined && limitRecurrenceSet !== undefined) {
    throw badRequest('calendar-data cannot have both expand and limit-recurrence-set.');
  }
  if (comp === undefined && !expand && !limitRecurrenceSet && !limitFreebusySet) return null;
  return {
    ...(comp !== undefined && { comp: parseRootComp(comp) }),
    ...(expand !== undefined && { expand }),
    ...(limitRecurrenceSet !== undefined && { limitRecurrenceSet }),
    ...(limitFreebusySet !== undefined && { limitFreebusySet }),
  };
}

/**
 * The content-type and version attributes; null when there is neither.
 * @throws DavError 403 CALDAV:supported-calendar-data for anything but text/calendar 2.0 (RFC 4791 7.8)
 */
export function parseCalendarDataFormat(element: XmlElement): CalendarDataFormat | null {
  const contentType = element.attributes['content-type'];
  const version = element.attributes['version'];
  if (contentType === undefined && version === undefined) return null;
  const format = { contentType: (contentType ?? 'text/calendar').trim().toLowerCase(), version: version ?? '2.0' };
  if (format.contentType !== 'text/calendar' || format.version !== '2.0') {
    throw forbidden(caldav('supported-calendar-data'), 'Calendar data is available as text/calendar 2.0 only.');
  }
  return format;
}

function rangeIn(element: XmlElement, local: string): Required<TimeRange> | undefined {
  const child = childNamed(element, caldav(local));
  return child === undefined ? undefined : parseClosedRange(child, badRequest);
}

function parseRootComp(element: XmlElement): CompSpec {
  const root = parseComp(element);
  if (root.name !== 'VCALENDAR') throw badRequest('The outermost comp of calendar-data must be VCALENDAR.');
  return root;
}

/** CALDAV:comp (RFC 4791 9.6.1); an empty one stands for the whole component, as in the example of section 7.8.1. */
function parseComp(element: XmlElement): CompSpec {
  const props = childrenNamed(element, caldav('prop')).map(parseProp);
  const comps = childrenNamed(element, caldav('comp')).map(parseComp);
  const allProps = childNamed(element, caldav('allprop')) !== undefined;
  const allComps = childNamed(element, caldav('allcomp')) !== undefined;
  const whole = props.length === 0 && comps.length === 0 && !allProps && !allComps;
  return {
    name: nameOf(element),
    props: allProps || whole ? 'all' : props,
    comps: allComps || whole ? 'all' : comps,
  };
}

/** CALDAV:prop (RFC 4791 9.6.4). */
function parseProp(element: XmlElement): PropSpec {
  return { name: nameOf(element), noValue: element.attributes['novalue'] === 'yes' };
}

function nameOf(element: XmlElement): string {
  const name = element.attributes['name']?.trim().toUpperCase() ?? '';
  if (name === '') throw badRequest(`${element.local} in calendar-data needs a name.`);
  return name;
}
