import { DAY } from './civil-date.js';
import type { CalendarObjectFacts } from './facts.js';
import type { TimeRange } from './filter.js';
import type { Occurrences } from './occurrences.js';
import type { Zone } from './zone.js';

/**
 * Whether a VEVENT matches a time-range (RFC 4791 9.9), from what the index keeps of it; 'unknown' where the object
 * itself must be read: another component, the clock 'mixed', or no hit and a range that leaves the horizon.
 */
export function indexedMatch(
  facts: CalendarObjectFacts,
  occurrences: Occurrences | null,
  range: TimeRange,
  observer: Zone,
): 'yes' | 'no' | 'unknown' {
  const from = range.start ?? -Infinity;
  const to = range.end ?? Infinity;
  if (facts.component !== 'VEVENT') return 'unknown';
  if (facts.start !== null && facts.start >= to) return 'no';
  if (facts.end !== null && facts.end < from) return 'no';
  if (facts.clock === 'mixed' || occurrences === null) return 'unknown';
  const isHit =
    facts.clock === 'utc'
      ? hasInstant(occurrences.spans, from, to)
      : hasLocal(occurrences.spans, { from, to }, observer);
  if (isHit) return 'yes';
  // Where the range passes the bounds of the object there is nothing to find, so only the part within must be known.
  const first = Math.max(from, facts.start ?? -Infinity);
  const last = Math.min(to, facts.end ?? Infinity);
  const margin = facts.clock === 'utc' ? 0 : DAY;
  return first - margin >= occurrences.from && last + margin < occurrences.to ? 'no' : 'unknown';
}

/** A span that starts in the range matches at once; of the earlier ones any may run into it. */
function hasInstant(spans: ArrayLike<number>, from: number, to: number): boolean {
  const at = firstFrom(spans, from);
  const next = spans[at * 2];
  if (next !== undefined && next < to) return true;
  for (let index = at - 1; index >= 0; index--) {
    if ((spans[index * 2 + 1] as number) > from && (spans[index * 2] as number) < to) return true;
  }
  return false;
}

interface Instants {
  readonly from: number;
  readonly to: number;
}

/** Wall times can change their order when a zone reads them, so each span within a day of the range is read. */
function hasLocal(spans: ArrayLike<number>, { from, to }: Instants, observer: Zone): boolean {
  for (let index = firstFrom(spans, to + DAY) - 1; index >= 0; index--) {
    const endWall = spans[index * 2 + 1] as number;
    if (endWall < from - DAY) continue;
    const start = observer.toInstant(spans[index * 2] as number);
    const end = observer.toInstant(endWall);
    if (end > start ? from < end && to > start : from <= start && to > start) return true;
  }
  return false;
}

/** The index of the first span that starts at `start` or later. */
function firstFrom(spans: ArrayLike<number>, start: number): number {
  let low = 0;
  let high = spans.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle * 2] as number) < start) low = middle + 1;
    else high = middle;
  }
  return low;
}
