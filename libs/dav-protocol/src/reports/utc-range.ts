import type { TimeRange } from '@almanac/icalendar';
import type { DavError } from '../dav-error.js';
import type { XmlElement } from '../xml-element.js';

/** Makes the error that fits the place of the range. */
export type Refusal = (detail: string) => DavError;

/**
 * The start and end attributes of a time range (RFC 4791 9.9), in seconds since 1970; one of them may be missing.
 * @throws what `refuse` makes when both are missing, one is no UTC date-time, or the start is not before the end
 */
export function parseTimeRange(element: XmlElement, refuse: Refusal): TimeRange {
  const start = utcSeconds(element, 'start', refuse);
  const end = utcSeconds(element, 'end', refuse);
  if (start !== undefined && end !== undefined && start >= end) {
    throw refuse(`The start of ${element.local} must be before its end.`);
  }
  if (start !== undefined) return end === undefined ? { start } : { start, end };
  if (end === undefined) throw refuse(`${element.local} needs a start or an end.`);
  return { end };
}

/** As `parseTimeRange`, but both attributes must be there. */
export function parseClosedRange(element: XmlElement, refuse: Refusal): Required<TimeRange> {
  const { start, end } = parseTimeRange(element, refuse);
  if (start === undefined || end === undefined) throw refuse(`${element.local} needs a start and an end.`);
  return { start, end };
}

function utcSeconds(element: XmlElement, attribute: string, refuse: Refusal): number | undefined {
  const text = element.attributes[attribute];
  if (text === undefined) return undefined;
  const seconds = utcDateTime(text.trim());
  if (seconds === null) throw refuse(`The ${attribute} of ${element.local} must be a date-time in UTC (…Z).`);
  return seconds;
}

/** A UTC DATE-TIME (RFC 5545 3.3.5) as seconds since 1970; null for a day or time that does not exist. */
function utcDateTime(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  if (hour > 23 || minute > 59 || second > 60) return null;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.setUTCHours(hour, minute, second) / 1000;
}
