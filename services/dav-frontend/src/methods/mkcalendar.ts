import { caldav, DavError, dav, parseMkcalendar } from '@almanac/dav-protocol';
import type { Method } from '../method.js';
import { locate } from '../resources/locate.js';
import { makeCalendar } from './make-collection.js';
import { propertiesRefused } from './properties-refused.js';

/** RFC 4791 5.3.1 */
export const mkcalendar: Method = async (context) => {
  const instructions = parseMkcalendar(await context.request.xml());
  const located = await locate(context, context.request.path);
  if (located.kind !== 'unmapped') {
    throw new DavError(403, {
      precondition: dav('resource-must-be-null'),
      detail: `There is something at ${located.href} already; choose another URL.`,
    });
  }
  const faults = await makeCalendar(context, located, instructions);
  if (faults.size > 0) return propertiesRefused(caldav('mkcalendar-response'), instructions, faults);
  return { status: 201, headers: { Location: `${located.href}/`, 'Cache-Control': 'no-cache' } };
};
