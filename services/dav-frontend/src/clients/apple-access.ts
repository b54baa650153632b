import { withAccessOfClass, withClassOfAccess } from '@almanac/icalendar';
import { isApple } from './apple-placeholder-alarm.js';
import type { ClientForm } from './client-form.js';

/**
 * Row V4. When: Apple's calendar programs (see `apple-placeholder-alarm.ts`). Why: they show and set what is private by
 * X-CALENDARSERVER-ACCESS on the VCALENDAR, not by CLASS (CalendarServer's caldav-privateevents,
 * https://github.com/apple/ccs-calendarserver/blob/master/doc/Extensions/caldav-privateevents.txt). What: they are told
 * the CLASS by it, and CLASS follows what they say. An agent that is not recognised is shown the CLASS alone, and what it
 * sends is taken at its strictest.
 */
export const appleAccess: ClientForm = {
  letter: 'p',
  appliesTo: isApple,
  show: withAccessOfClass,
  read: withClassOfAccess,
};
