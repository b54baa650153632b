import { anchorOf, readCalendarItem } from './calendar-item.js';
import { type CalendarTree, objectParts } from './calendar-tree.js';
import { DAY } from './civil-date.js';
import { instancesWithin } from './instances.js';
import { identityOf, seriesOf } from './series.js';
import { utc } from './zone.js';

/** A yearly rule gives one instance in it. */
const LOOKED_BACK = 400 * DAY;

/**
 * The `recurrenceIdentity` of the last instance without an override of its own that starts by an instant; null where
 * there is none in the year before, or where the object does not recur.
 */
export function lastInstanceBy(instant: number, { root, zones }: CalendarTree): number | null {
  const series = seriesOf(objectParts(root).map((part) => readCalendarItem(part, zones)));
  const { master } = series;
  const window = { from: instant - LOOKED_BACK, to: instant };
  let last: { start: number; identity: number } | null = null;
  for (const { item, start, recurrenceId } of instancesWithin(series, window, utc)) {
    if (master === null || item !== master || recurrenceId === null || start === null || start > instant) continue;
    if (last === null || start > last.start) last = { start, identity: identityOf(recurrenceId, anchorOf(master)) };
  }
  return last?.identity ?? null;
}
