import type { CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import { DAY } from '../civil-date.js';
import { type Instance, instancesWithin, type InstantWindow } from '../instances.js';
import type { Zone } from '../zone.js';

/** A series that repeats often has one in the short stretch, a yearly one in the long. */
const stretches = [32 * DAY, 400 * DAY];

interface Wanted {
  /** Any of these describes it. */
  readonly items: ReadonlySet<CalendarItem>;
  /** UTC seconds. */
  readonly now: number;
  readonly observer: Zone;
}

/** The next instance that has not ended yet, else the last one; null where there is none within a year or so of either end. */
export function nearestInstance({ series, facts }: CalendarObject, { items, now, observer }: Wanted): Instance | null {
  const within = (window: InstantWindow) =>
    instancesWithin(series, window, observer)
      .filter(({ item }) => items.has(item))
      .toSorted((a, b) => timeOf(a) - timeOf(b));
  for (const length of stretches) {
    const next = within({ from: now, to: now + length }).at(0);
    if (next !== undefined) return next;
  }
  const begin = facts.start === null || facts.start < now ? null : facts.start;
  if (begin !== null) return within({ from: begin - DAY, to: begin + 400 * DAY }).at(0) ?? null;
  const end = Math.min(now, facts.end ?? now);
  for (const length of stretches) {
    const last = within({ from: end - length, to: end + DAY }).at(-1);
    if (last !== undefined) return last;
  }
  return null;
}

const timeOf = ({ start, end }: Instance): number => start ?? end ?? 0;
