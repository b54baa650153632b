import type { CalendarItem } from './calendar-item.js';
import { type CalendarTime, instantOf } from './calendar-time.js';
import type { Duration } from './duration.js';
import { utc, type Zone } from './zone.js';

const WHOLE_DAY: Duration = { days: 1, seconds: 0 };

/**
 * How long each instance of a component lasts: nominal with DURATION, exact with DTEND or DUE (RFC 5545 3.8.5.3), a
 * day for a VEVENT or VJOURNAL on a DATE; null where a component has a start only (RFC 4791 9.9).
 */
export function lengthOf(item: CalendarItem, observer: Zone): Duration | null {
  if (item.start === null) return null;
  if (item.end !== null) return lengthBetween(item.start, item.end, observer);
  if (item.duration !== null) return item.duration;
  return item.start.kind === 'date' && item.component.name !== 'VTODO' ? WHOLE_DAY : null;
}

/** The exact length between two times; wall seconds where neither has a zone. */
export function lengthBetween(start: CalendarTime, end: CalendarTime, observer: Zone): Duration {
  const known = start.zone === null && end.zone === null ? utc : observer;
  return { days: 0, seconds: instantOf(end, known) - instantOf(start, known) };
}
