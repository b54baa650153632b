import { newOverride } from '../attachments/new-override.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { type CalendarTime, instantOf } from '../calendar-time.js';
import { putProperty } from '../calendar-tree.js';
import { DAY } from '../civil-date.js';
import { type Component, propertiesOf, propertyOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { type Instance, instancesWithin } from '../instances.js';
import { identityOf, type Series } from '../series.js';
import { keepParameters, withParameters } from '../write-property.js';
import { utc } from '../zone.js';
import { stamped } from './change-component.js';
import { writeTime } from './edited-time.js';
import { onClock } from './series-times.js';

/** The instance as an override of its own, named on the clock of its series. */
export function ownOverride(series: Series, instance: Instance): Component {
  const master = series.master as CalendarItem;
  const name = onClock(instance.recurrenceId as CalendarTime, anchorOf(master) as CalendarTime);
  const like = propertyOf(master.component, master.start === null ? 'DUE' : 'DTSTART');
  const made = newOverride(instance, propertiesOf(instance.item.component, 'ATTACH'));
  return putProperty(made, writeTime('RECURRENCE-ID', name, like));
}

/**
 * An override for this and the future (RFC 5545 3.2.13) that is to say nothing more of its own instance: what it says of later
 * ones, it says from the next of them on. Null where there is none.
 * @param now UTC seconds
 */
export function takenOn(series: Series, item: CalendarItem, now: number): Component | null {
  const next = series.futures.some((future) => future.item === item) ? nextOf(series, item) : undefined;
  if (next === undefined) return null;
  const part = ownOverride(series, next);
  const name = propertyOf(part, 'RECURRENCE-ID') as ContentLine;
  const range = { name: 'RANGE', values: ['THISANDFUTURE'] };
  return stamped(putProperty(part, withParameters(name, [...name.parameters, range])), now);
}

/** Most series have an instance in the short stretch, every other one in the long. */
const stretches = [32 * DAY, 400 * DAY, 100 * 366 * DAY];

function nextOf(series: Series, item: CalendarItem): Instance | undefined {
  const anchor = series.master === null ? null : anchorOf(series.master);
  const identity = (time: CalendarTime | null): number => identityOf(time as CalendarTime, anchor);
  const from = instantOf(anchorOf(item) as CalendarTime, utc);
  for (const length of stretches) {
    const [next] = instancesWithin(series, { from, to: from + length }, utc)
      .filter((each) => each.item === item && identity(each.recurrenceId) > identity(item.recurrenceId))
      .toSorted((a, b) => identity(a.recurrenceId) - identity(b.recurrenceId));
    if (next !== undefined) return next;
  }
  return undefined;
}

/** The override that is for its own instance only. */
export function alone(part: Component): Component {
  const name = propertyOf(part, 'RECURRENCE-ID') as ContentLine;
  return putProperty(
    part,
    keepParameters(name, (parameter) => parameter.name !== 'RANGE'),
  );
}

export const withPart = (root: Component, part: Component): Component => ({
  ...root,
  components: [...root.components, part],
});
