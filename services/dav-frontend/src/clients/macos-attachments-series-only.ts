/**
 * When: macOS Calendar, by its agent: `Mac+OS+X/10.11 … CalendarAgent/…` up to macOS 12, `macOS/13 … dataaccessd/…` since.
 * Why: its attachments belong to the whole series; it refuses edits of exceptions that have some of their own, or crashes
 *   (row A3; https://documentation.open-xchange.com/7.10.6/middleware/miscellaneous/caldav_carddav.html).
 * What: it is told `calendar-managed-attachments-no-recurrence` (RFC 8607 3.2), and what it adds, updates or removes on an
 *   exception counts for the series. Whoever is not recognised gets the full form and loses nothing.
 */
export const isSeriesOnly = (userAgent = ''): boolean =>
  /\bMac[+ _]?OS[+ _]?X\/10\.\S*.*\bCalendarAgent\//.test(userAgent) ||
  /^macOS\/1\d\.\S*.*\b(CalendarAgent|dataaccessd)\//.test(userAgent);
