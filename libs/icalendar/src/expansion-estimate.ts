import type { CalendarFault } from './calendar-fault.js';
import type { CalendarObject } from './calendar-object.js';
import { DAY } from './civil-date.js';
import type { TimeRange } from './filter.js';
import { instancesWithin } from './instances.js';
import type { Zone } from './zone.js';

const SAMPLE = 30 * DAY;

/** One object is not expanded into more instances than these. */
export const maxExpanded = 5_000;
/** An estimate is refused only where it is far off. */
const ESTIMATE_FACTOR = 3;

export const tooManyInstances: CalendarFault = {
  code: 'max-instances',
  reason: 'Ask for a shorter time: this series has too many instances in it.',
};

/** Known from the first month of a range, so that an expansion is refused before its work. */
export const isFarTooMany = (object: CalendarObject, range: Required<TimeRange>, observer: Zone): boolean =>
  estimatedInstances(object, range, observer) > ESTIMATE_FACTOR * maxExpanded;

/** About how many instances a range holds, from the first month of it. */
function estimatedInstances(object: CalendarObject, { start, end }: Required<TimeRange>, observer: Zone): number {
  const from = Math.max(start, object.facts.start ?? start);
  const to = Math.min(end, object.facts.end ?? end);
  if (to - from <= SAMPLE) return 0;
  const sampled = instancesWithin(object.series, { from, to: from + SAMPLE }, observer).length;
  return (sampled * (to - from)) / SAMPLE;
}
