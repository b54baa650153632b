import type { CalendarObject } from '../calendar-object.js';
import { DAY } from '../civil-date.js';
import { propertyOf } from '../component-tree.js';
import { isFarTooMany } from '../expansion-estimate.js';
import { type Instance, instancesWithin, isRecurring } from '../instances.js';
import { instanceKey } from '../recurrence-key.js';
import type { Zone } from '../zone.js';
import { anchorOf } from '../calendar-item.js';

/** A task that repeats often has one in the short stretch, a yearly one in the long, every other one in the last. */
const stretches = [32 * DAY, 400 * DAY, 10 * 366 * DAY];

interface At {
  /** UTC seconds. */
  readonly now: number;
  readonly observer: Zone;
}

/**
 * The occurrence of a recurring task that is to be worked at, by its name: the last one that was due where it is still open,
 * else the next one that is; where none is, the last one that was due, which is done. Null for what does not recur, and where there is none
 * within ten years.
 */
export function openInstance(object: CalendarObject, { now, observer }: At): string | null {
  if (!isRecurring(object.series)) return null;
  let found: Instance | undefined;
  for (const length of stretches) {
    const range = { start: now - length, end: now + length };
    if (isFarTooMany(object, range, observer)) break;
    const near = instancesWithin(object.series, { from: range.start, to: range.end }, observer).toSorted(
      (a, b) => dueOf(a) - dueOf(b),
    );
    const last = near.findLast((instance) => dueOf(instance) <= now);
    if (last !== undefined && !isDone(last)) return nameOf(object, last);
    const next = near.find((instance) => dueOf(instance) > now && !isDone(instance));
    const isWhole = last !== undefined || (object.facts.start ?? now) >= range.start;
    if (next !== undefined && isWhole) return nameOf(object, next);
    found = next ?? last ?? found;
  }
  return found === undefined ? null : nameOf(object, found);
}

const dueOf = ({ start, end }: Instance): number => end ?? start ?? 0;

function isDone({ item: { component } }: Instance): boolean {
  const status = propertyOf(component, 'STATUS')?.value.toUpperCase();
  return status === 'COMPLETED' || status === 'CANCELLED';
}

function nameOf({ series: { master } }: CalendarObject, { recurrenceId }: Instance): string | null {
  return recurrenceId === null ? null : instanceKey(recurrenceId, master === null ? null : anchorOf(master));
}
