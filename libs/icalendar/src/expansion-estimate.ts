import type { CalendarObject } from './calendar-object.js';
import { DAY } from './civil-date.js';
import type { TimeRange } from './filter.js';
import { instancesWithin } from './instances.js';
import type { Zone } from './zone.js';

const SAMPLE = 30 * DAY;

/** About how many instances a range holds, from the first month of it: enough to refuse an expansion before its work. */
export function estimatedInstances(
  object: CalendarObject,
  { start, end }: Required<TimeRange>,
  observer: Zone,
): number {
  const from = Math.max(start, object.facts.start ?? start);
  const to = Math.min(end, object.facts.end ?? end);
  if (to - from <= SAMPLE) return 0;
  const sampled = instancesWithin(object.series, { from, to: from + SAMPLE }, observer).length;
  return (sampled * (to - from)) / SAMPLE;
}
