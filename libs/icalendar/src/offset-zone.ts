import { DAY } from './civil-date.js';
import type { Zone } from './zone.js';

/** The offset from UTC, in seconds, that holds at an instant (UTC seconds). */
export type OffsetAt = (instant: number) => number;

/** A zone from its offsets. Local times in a gap move forward, in a fold the first counts ("compatible"). */
export function offsetZone(id: string, offsetAt: OffsetAt): Zone {
  return {
    id,
    toLocal: (instant) => instant + offsetAt(instant),
    toInstant(local) {
      // One day to either side lies beyond any transition that could concern this wall time.
      const before = offsetAt(local - DAY);
      const after = offsetAt(local + DAY);
      const first = local - before;
      if (before === after || offsetAt(first) === before) return first;
      const second = local - after;
      return offsetAt(second) === after ? second : first;
    },
  };
}
