import { faultOf, isCalendarFault } from './calendar-fault.js';
import { instantOf, readPlainTime } from './calendar-time.js';
import { type Component, propertiesOf } from './component-tree.js';
import { utc } from './zone.js';

/** The instant that a DATE-TIME value names, UTC seconds; one without a Z is taken as UTC. Null for any other text. */
export function readStamp(value: string): number | null {
  // A relative TRIGGER is asked as well, and a refusal costs far more than this look.
  if (!/^\s*\d{8}/.test(value)) return null;
  const time = faultOf(() => readPlainTime(value, 'DATE-TIME', 0));
  return isCalendarFault(time) ? null : instantOf(time, utc);
}

/** The latest of the stamps that a component holds under a name (in capitals). */
export function latestStamp(component: Component, name: string): number | null {
  const stamps = propertiesOf(component, name).map(({ value }) => readStamp(value));
  return latestOf(stamps);
}

/** The latest of some instants that may be missing. */
export function latestOf(stamps: readonly (number | null)[]): number | null {
  const known = stamps.filter((stamp) => stamp !== null);
  return known.length === 0 ? null : known.reduce((a, b) => Math.max(a, b));
}
