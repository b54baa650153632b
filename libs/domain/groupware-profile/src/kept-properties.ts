import type { ContentLine, Parameter } from '@almanac/icalendar';

/** What the groupware has, by component: the allow-lists of the rows P2 and T3. */

/** Vendors' properties that clients need back to work. */
const vendors = ['X-MICROSOFT-CDO-', 'X-APPLE-', 'X-CALENDARSERVER-', 'X-MOZ-'];
export const isVendors = (name: string): boolean => vendors.some((prefix) => name.startsWith(prefix));

export const keptOfCalendar: ReadonlySet<string> = new Set(['VERSION', 'PRODID', 'CALSCALE']);

/** URL is here since row P1 decides about it, and can be switched off alone. */
export const keptOfEvent: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE', 'SUMMARY', 'DESCRIPTION', 'LOCATION', 'URL'],
  ...['DTSTART', 'DTEND', 'DURATION', 'RRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'CATEGORIES', 'CLASS', 'STATUS'],
  ...['TRANSP', 'PRIORITY', 'ORGANIZER', 'ATTENDEE', 'ATTACH', 'COLOR'],
]);

/** RFC 5545 3.6.6 and what programs need to know a reminder again (RFC 9074, X-WR-ALARMUID). */
export const keptOfAlarm: ReadonlySet<string> = new Set([
  ...['ACTION', 'TRIGGER', 'DURATION', 'REPEAT', 'DESCRIPTION', 'SUMMARY', 'ATTENDEE', 'ATTACH', 'UID', 'ACKNOWLEDGED'],
  ...['RELATED-TO', 'X-WR-ALARMUID', 'X-EVOLUTION-ALARM-UID'],
]);

export const keptOfTask: ReadonlySet<string> = new Set([
  ...['DTSTART', 'DUE', 'CATEGORIES', 'SUMMARY', 'PRIORITY', 'DESCRIPTION', 'STATUS', 'PERCENT-COMPLETE', 'COMPLETED'],
  ...['UID', 'DTSTAMP', 'CREATED', 'LAST-MODIFIED', 'SEQUENCE'],
]);

/** Participants and recurrence of a task: row T1 decides about them, and can be switched off alone. */
export const assignmentOfTask: ReadonlySet<string> = new Set(['ATTENDEE', 'ORGANIZER']);
export const recurrenceOfTask: ReadonlySet<string> = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID']);

/**
 * Parameters stay with their property; only X- parameters of nobody known go. On people, attachments and vendors' own
 * properties all stay: there clients keep what they cannot do without (X-ADDRESS of X-APPLE-STRUCTURED-LOCATION).
 */
export function isKeptParameter(property: ContentLine, { name }: Parameter): boolean {
  if (!name.startsWith('X-') || isVendors(name)) return true;
  return ['ATTENDEE', 'ORGANIZER', 'ATTACH'].includes(property.name) || property.name.startsWith('X-');
}
