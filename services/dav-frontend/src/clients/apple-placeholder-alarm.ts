import { withPlaceholderAlarm } from '@almanac/icalendar';
import type { ClientForm } from './client-form.js';

/** Calendar and Reminders on macOS and iOS. */
export const isApple = (userAgent: string): boolean => /\b(dataaccessd|CalendarAgent|CalendarStore)\b/.test(userAgent);

/**
 * Row R7. When: Apple's calendar programs, `iOS/… dataaccessd`, `macOS/… dataaccessd` (13 and later), `Mac OS X/…
 * CalendarAgent` or `CalendarStore` before. Why: an appointment without a reminder gets the device's default one, also on
 * calendars of others. What: such an appointment is shown with a reminder that never goes off; the rules take it out again
 * when it comes back (`discard-apple-placeholder.ts`).
 */
export const applePlaceholderAlarm: ClientForm = {
  letter: 'a',
  appliesTo: isApple,
  show: withPlaceholderAlarm,
};
