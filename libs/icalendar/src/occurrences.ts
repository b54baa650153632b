import type { CalendarObject } from './calendar-object.js';
import { instancesWithin } from './instances.js';
import { utc } from './zone.js';

/**
 * The instances of a VEVENT within a horizon `[from, to)`, in seconds of the object's clock: instants where
 * `facts.clock` is 'utc', wall seconds where it is 'local'. `spans` is flat, `[start0, end0, start1, end1, …]`, sorted
 * by start.
 */
export interface Occurrences {
  readonly from: number;
  readonly to: number;
  readonly spans: ArrayLike<number>;
}

/**
 * All instances of a VEVENT (overrides in place of what they replace) that overlap `[from, to)`, also those that began
 * before. A span of no length is kept where `from <= start < to`. Only for the clocks 'utc' and 'local'.
 */
export function occurrencesWithin(
  object: CalendarObject,
  from: number,
  to: number,
): Occurrences & { readonly spans: readonly number[] } {
  const spans: [number, number][] = [];
  // On the local clock the wall is the clock, which is what an observer in UTC sees.
  for (const { start, end } of instancesWithin(object.series, { from, to }, utc)) {
    if (start === null || start >= to) continue;
    const last = end ?? start;
    if (last > from || (last === start && start >= from)) spans.push([start, last]);
  }
  spans.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return { from, to, spans: spans.flat() };
}
