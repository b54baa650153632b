import { type OffsetAt, offsetZone } from './offset-zone.js';
import type { Zone } from './zone.js';

/** Temporal reaches 8.64e12 s to either side; a day less leaves room for offsets. */
const LIMIT = 8.64e12 - 2 * 86_400;

/** The zone of an IANA name in any case that Temporal takes, or null. */
export function ianaZone(name: string): Zone | null {
  try {
    const id = new Temporal.ZonedDateTime(0n, name).timeZoneId;
    return offsetZone(id, ianaOffsets(id));
  } catch {
    return null;
  }
}

/** Asks Temporal once for each stretch between two transitions: an answer from memory costs some 30 ns, Temporal 3 µs. */
function ianaOffsets(id: string): OffsetAt {
  const stretches: Stretch[] = [];
  let last: Stretch | null = null;
  return (instant) => {
    if (last !== null && instant >= last.from && instant < last.to) return last.offset;
    const at = firstEndingAfter(stretches, instant);
    const known = stretches[at];
    if (known !== undefined && instant >= known.from) {
      last = known;
    } else {
      last = askTemporal(id, instant);
      stretches.splice(at, 0, last);
    }
    return last.offset;
  };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

function firstEndingAfter(stretches: readonly Stretch[], instant: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch).to > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

function askTemporal(id: string, instant: number): Stretch {
  const clamped = Math.max(-LIMIT, Math.min(LIMIT, instant));
  const here = Temporal.Instant.fromEpochMilliseconds(clamped * 1000).toZonedDateTimeISO(id);
  // One nanosecond on, "previous" includes a transition at this very instant.
  const previous = here.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  const next = here.getTimeZoneTransition('next');
  return {
    from: previous === null ? -Infinity : previous.epochMilliseconds / 1000,
    to: next === null ? Infinity : next.epochMilliseconds / 1000,
    offset: here.offsetNanoseconds / 1e9,
  };
}
