import { type CalendarObjectFacts, observersAhead, observersBehind } from './facts.js';
import type { Occurrences } from './occurrences.js';

/** The one instance of a VEVENT that does not recur, from the facts alone; null where they cannot tell. */
export function loneOccurrence({ component, recurring, clock, start, end }: CalendarObjectFacts): Occurrences | null {
  if (component !== 'VEVENT' || recurring || clock === 'mixed' || start === null || end === null) return null;
  const span = clock === 'utc' ? [start, end] : [start + observersAhead, end - observersBehind];
  return { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, spans: span };
}
