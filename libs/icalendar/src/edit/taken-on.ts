import { newOverride } from '../attachments/new-override.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { type CalendarTime, instantOf } from '../calendar-time.js';
import { putProperty } from '../calendar-tree.js';
import { DAY } from '../civil-date.js';
import { type Component, propertiesOf, propertyOf } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { type Instance, instancesWithin } from '../instances.js';
import { type FutureOverride, identityOf, type Series } from '../series.js';
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
  const future = series.futures.find((each) => each.item === item);
  const next = future === undefined ? null : sameFrom(series, future, future.identity + 1);
  return next === null ? null : stamped(next, now);
}

/** The override for this and the future that says from an instance on what an earlier one says of it; null without one. */
export function continuedAt(series: Series, name: CalendarTime): Component | null {
  const at = identityOf(name, anchorIn(series));
  const future = series.futures.findLast(({ identity }) => identity <= at);
  return future === undefined || future.identity === at ? null : sameFrom(series, future, at);
}

/** Most series have an instance in the short stretch, every other one in the long. */
const stretches = [32 * DAY, 400 * DAY, 100 * 366 * DAY];

/** The same of the first of its instances from an identity on. */
function sameFrom(series: Series, { item, identity }: FutureOverride, least: number): Component | null {
  const identityIn = ({ recurrenceId }: Instance): number => identityOf(recurrenceId as CalendarTime, anchorIn(series));
  const from = instantOf(anchorOf(item) as CalendarTime, utc) + least - identity - DAY;
  for (const length of stretches) {
    const [first] = instancesWithin(series, { from, to: from + length }, utc)
      .filter((each) => each.item === item && identityIn(each) >= least)
      .toSorted((a, b) => identityIn(a) - identityIn(b));
    if (first !== undefined) return forFuture(ownOverride(series, first));
  }
  return null;
}

const anchorIn = ({ master }: Series): CalendarTime | null => (master === null ? null : anchorOf(master));

function forFuture(part: Component): Component {
  const name = propertyOf(part, 'RECURRENCE-ID') as ContentLine;
  return putProperty(part, withParameters(name, [...name.parameters, { name: 'RANGE', values: ['THISANDFUTURE'] }]));
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
