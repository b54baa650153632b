import { keepingOverrideAttachments, withoutOverrideAttachments } from '@almanac/icalendar';
import type { ClientForm } from './client-form.js';

/**
 * Row A3. When: macOS Calendar, `macOS/… dataaccessd` (13 and later), `Mac OS X/… CalendarAgent` or `CalendarStore` before.
 * Why: it crashes or refuses changes where exceptions of a series have attachments of their own. What: it is shown those of
 * the series only, and exceptions that it puts keep what they have.
 */
export const macosSeriesAttachments: ClientForm = {
  letter: 'm',
  appliesTo: (userAgent) => /^macOS\/.*\bdataaccessd\b|\b(CalendarAgent|CalendarStore)\b/.test(userAgent),
  show: withoutOverrideAttachments,
  read: keepingOverrideAttachments,
};
