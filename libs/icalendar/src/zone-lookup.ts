import { refuse } from './calendar-fault.js';
import type { ZoneLookup } from './calendar-time.js';
import { yearOfWall } from './civil-date.js';
import { type Component, propertyOf } from './component-tree.js';
import { checkTimezone, sentZone } from './sent-zone.js';
import { type Zone, zoneById } from './zone.js';

/** Objects use two or three. */
const MAX_TIMEZONES = 50;

/**
 * How TZIDs are resolved in one VCALENDAR: by its VTIMEZONE of that TZID, else by the name alone. The lookup refuses a
 * TZID that neither gives. Refuses any VTIMEZONE that is not well formed.
 */
export function zoneLookup(root: Component): ZoneLookup {
  const timezones = root.components.filter(({ name }) => name === 'VTIMEZONE');
  const extra = timezones[MAX_TIMEZONES];
  if (extra !== undefined) refuse(`Send at most ${MAX_TIMEZONES} VTIMEZONEs in one object.`, extra.line);
  for (const timezone of timezones) checkTimezone(timezone);
  const found = new Map<string, Zone>();
  return (tzid, wall, line) => {
    const known = found.get(tzid);
    if (known !== undefined) return known;
    const sent = timezones.find((timezone) => propertyOf(timezone, 'TZID')?.value === tzid);
    const zone = sent === undefined ? zoneById(tzid) : sentZone(sent, yearOfWall(wall));
    if (zone === null) refuse(`Send the VTIMEZONE of TZID=${tzid.slice(0, 80)}, or use a zone of the IANA list.`, line);
    found.set(tzid, zone);
    return zone;
  };
}
