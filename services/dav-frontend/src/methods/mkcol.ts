import { caldav, childElements, dav, forbidden, parseMkcol, type PropertyInstruction } from '@almanac/dav-protocol';
import type { Method } from '../method.js';
import { locate } from '../resources/locate.js';
import { methodNotAllowed } from './allowed-methods.js';
import { makeCalendar } from './make-collection.js';
import { propertiesRefused } from './properties-refused.js';

/** Extended MKCOL (RFC 5689): makes calendars, and no plain collections. */
export const mkcol: Method = async (context) => {
  const instructions = parseMkcol(await context.request.xml());
  const located = await locate(context, context.request.path);
  if (located.kind !== 'unmapped') return methodNotAllowed(located, `There is something at ${located.href} already.`);
  if (!asksForCalendar(instructions ?? [])) {
    throw forbidden(
      dav('valid-resourcetype'),
      'Only calendars are made here: set DAV:resourcetype to collection and CALDAV:calendar, or use MKCALENDAR.',
    );
  }
  const settable = (instructions ?? []).filter(({ name }) => name !== dav('resourcetype'));
  const faults = await makeCalendar(context, located, settable);
  if (faults.size > 0) return propertiesRefused(dav('mkcol-response'), instructions ?? [], faults);
  return { status: 201, headers: { Location: `${located.href}/`, 'Cache-Control': 'no-cache' } };
};

const calendarTypes = new Set([dav('collection'), caldav('calendar')]);

function asksForCalendar(instructions: readonly PropertyInstruction[]): boolean {
  const type = instructions.findLast(({ name }) => name === dav('resourcetype'));
  if (type?.kind !== 'set') return false;
  const types = childElements(type.element).map(({ name }) => name);
  return types.includes(caldav('calendar')) && types.every((name) => calendarTypes.has(name));
}
