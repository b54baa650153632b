import { isCalendarFault } from './calendar-fault.js';
import type { CalendarObject } from './calendar-object.js';
import { objectParts, readCalendarTree } from './calendar-tree.js';
import { type ContentLine, parameterOf } from './content-line.js';

/** The mail addresses of all who take part, the organizer among them: in small letters, without `mailto:`, each once. */
export function attendeeAddresses(object: string | CalendarObject): readonly string[] {
  const tree = typeof object === 'string' ? readCalendarTree(object) : object;
  if (isCalendarFault(tree)) return [];
  const people = objectParts(tree.root).flatMap(({ properties }) =>
    properties.filter(({ name }) => name === 'ATTENDEE' || name === 'ORGANIZER'),
  );
  return [...new Set(people.flatMap(addressesOf))];
}

/** EMAIL is RFC 7986 6.2: Apple's programs write a urn:uuid and the address beside it. */
export function addressesOf(property: ContentLine): readonly string[] {
  const value = property.value.trim().toLowerCase();
  const own = value.startsWith('mailto:') ? [decoded(value.slice('mailto:'.length))] : [];
  const email = parameterOf(property, 'EMAIL')?.trim().toLowerCase();
  return [...own, ...(email === undefined || email === '' ? [] : [email])].filter((address) => address !== '');
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
