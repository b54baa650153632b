import type { CalendarObject } from '../calendar-object.js';
import { DAY } from '../civil-date.js';
import { propertyOf } from '../component-tree.js';
import { isFarTooMany } from '../expansion-estimate.js';
import { type Instance, instancesWithin, isRecurring } from '../instances.js';
import { instanceKey } from '../recurrence-key.js';
import type { Zone } from '../zone.js';
import { anchorOf } from '../calendar-item.js';

/** A task that repeats often has one in the short stretch, a yearly one in the long. */
const stretches = [32 * DAY, 400 * DAY];

interface At {
  /** UTC seconds. */
  readonly now: number;
  readonly observer: Zone;
}

/**
 * The occurrence of a recurring task that is to be worked at, by its name: the last one that was due where it is still open,
 * else the next one that is. Null for what does not recur, and where none is open within a year or so.
 */
export function openInstance(object: CalendarObject, { now, observer }: At): string | null {
  const { series } = object;
  if (!isRecurring(series)) return null;
  for (const length of stretches) {
    const range = { start: now - length, end: now + length };
    if (isFarTooMany(object, range, observer)) return null;
    const near = instancesWithin(series, { from: range.start, to: range.end }, observer).toSorted(
      (a, b) => dueOf(a) - dueOf(b),
    );
    const last = near.findLast((instance) => dueOf(instance) <= now);
    const found = last !== undefined && !isDone(last) ? last : near.find((each) => dueOf(each) > now && !isDone(each));
    if (found !== undefined) return nameOf(object, found);
  }
  return null;
}

const dueOf = ({ start, end }: Instance): number => end ?? start ?? 0;

function isDone({ item: { component } }: Instance): boolean {
  const status = propertyOf(component, 'STATUS')?.value.toUpperCase();
  return status === 'COMPLETED' || status === 'CANCELLED';
}

function nameOf({ series: { master } }: CalendarObject, { recurrenceId }: Instance): string | null {
  return recurrenceId === null ? null : instanceKey(recurrenceId, master === null ? null : anchorOf(master));
}
