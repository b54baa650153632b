import type { Dav, DavAnswer } from '../support/dav-client.js';
import { byText, props, report, responses, xml } from './dav-xml.js';

/** A CALDAV:filter around filters of VCALENDAR. */
export const filter = (inside: string): string =>
  `<c:filter><c:comp-filter name="VCALENDAR">${inside}</c:comp-filter></c:filter>`;

export const comp = (name: string, inside = ''): string => `<c:comp-filter name="${name}">${inside}</c:comp-filter>`;

/** A CALDAV:time-range; '' leaves a bound out. */
export const range = (start: string, end: string): string =>
  `<c:time-range${start === '' ? '' : ` start="${start}"`}${end === '' ? '' : ` end="${end}"`}/>`;

export const query = (
  dav: Dav,
  url: string,
  inside: string,
  headers: Record<string, string> = {},
): Promise<DavAnswer> => report(dav, url, xml('c:calendar-query', props('d:getetag') + inside), headers);

/** The names of the members that are found, sorted. */
export async function found(dav: Dav, url: string, inside: string): Promise<readonly string[]> {
  const answers = responses(await query(dav, url, inside));
  return answers.map(({ href }) => href.slice(href.lastIndexOf('/') + 1).replace(/\.ics$/, '')).sort(byText);
}

/** The events within a range. */
export const eventsWithin = (
  dav: Dav,
  url: string,
  start: string,
  end: string,
  more = '',
): Promise<readonly string[]> => found(dav, url, filter(comp('VEVENT', range(start, end))) + more);

/** A VTIMEZONE of a fixed offset, such as `+0900`, as calendar-timezone has it. */
export const fixedZone = (offset: string): string =>
  [
    ...[
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//x//EN',
      'BEGIN:VTIMEZONE',
      `TZID:Fixed${offset}`,
      'BEGIN:STANDARD',
    ],
    ...['DTSTART:19700101T000000', `TZOFFSETFROM:${offset}`, `TZOFFSETTO:${offset}`, 'END:STANDARD', 'END:VTIMEZONE'],
    ...['END:VCALENDAR', ''],
  ].join('\r\n');
