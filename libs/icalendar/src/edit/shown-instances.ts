import { anchorOf, type CalendarItem } from '../calendar-item.js';
import type { CalendarFault } from '../calendar-fault.js';
import type { CalendarObject } from '../calendar-object.js';
import { isFarTooMany, maxExpanded, tooManyInstances } from '../expansion-estimate.js';
import type { TimeRange } from '../filter.js';
import { type Instance, instancesWithin, isRecurring } from '../instances.js';
import { instanceKey } from '../recurrence-key.js';
import { overlaps } from '../time-range.js';
import type { Zone } from '../zone.js';
import { writeLocal } from './edited-time.js';

/** One appointment as a page draws it: on the wall of whoever looks; `end` of days is the first one after. */
export interface ShownInstance {
  readonly item: CalendarItem;
  /** Names the instance within its object; null where that does not recur. */
  readonly recurrenceId: string | null;
  readonly allDay: boolean;
  readonly start: string;
  readonly end: string;
}

/**
 * The instances that overlap a range, as `calendar-query` with `expand` has them (RFC 4791 9.6.5). Fault: `max-instances`
 * where there are more than `maxExpanded`.
 */
export function shownInstances(
  object: CalendarObject,
  range: Required<TimeRange>,
  observer: Zone,
): readonly ShownInstance[] | CalendarFault {
  if (isFarTooMany(object, range, observer)) return tooManyInstances;
  const window = { from: range.start, to: range.end };
  const found = instancesWithin(object.series, window, observer).filter((instance) =>
    overlaps(object.component, instance, window),
  );
  return found.length > maxExpanded
    ? tooManyInstances
    : found.map((instance) => showInstance(object, instance, observer));
}

/** One of the instances of the object, as the observer sees it. */
export function showInstance({ series }: CalendarObject, instance: Instance, observer: Zone): ShownInstance {
  const { item, recurrenceId, startWall, endWall } = instance;
  const anchor = series.master === null ? null : anchorOf(series.master);
  const allDay = anchorOf(item)?.kind === 'date';
  const from = instance.start ?? instance.end ?? 0;
  const to = instance.end ?? from;
  return {
    item,
    recurrenceId: recurrenceId === null || !isRecurring(series) ? null : instanceKey(recurrenceId, anchor),
    allDay,
    start: writeLocal(allDay ? startWall : observer.toLocal(from), allDay),
    end: writeLocal(allDay ? endWall : observer.toLocal(to), allDay),
  };
}
