import type { Profile } from '@almanac/contracts';
import { caldav, childrenNamed, forbidden, type PropertyInstruction } from '@almanac/dav-protocol';

/** What collections can hold. Components of no collection of ours (VFREEBUSY, VAVAILABILITY) are passed over. */
const known = ['VEVENT', 'VTODO', 'VJOURNAL'];

/** MKCALENDAR without a component set (design 2). */
const defaults: Readonly<Record<Profile, readonly string[]>> = { groupware: ['VEVENT'], standard: known };

/**
 * The component set that a new calendar was asked to have (RFC 4791 5.2.3).
 * @throws DavError 403 CALDAV:supported-calendar-component when none of it can be had
 */
export function componentSet(instructions: readonly PropertyInstruction[], profile: Profile): readonly string[] {
  const asked = instructions.findLast(({ name }) => name === caldav('supported-calendar-component-set'));
  if (asked?.kind !== 'set') return defaults[profile];
  const names = childrenNamed(asked.element, caldav('comp')).map((comp) =>
    (comp.attributes['name'] ?? '').toUpperCase(),
  );
  const components = known.filter((name) => names.includes(name));
  if (components.length > 0) return components;
  throw forbidden(
    caldav('supported-calendar-component'),
    `A calendar can hold ${known.join(', ')}; name at least one of them.`,
  );
}
