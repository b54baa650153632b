import { instanceNamed } from '../attachments/target-instances.js';
import { refuse } from '../calendar-fault.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import { atWall, type CalendarTime } from '../calendar-time.js';
import { DAY, dayOfWall } from '../civil-date.js';
import { type Instance, instancesWithin, isRecurring } from '../instances.js';
import { identityOf } from '../series.js';
import { utc } from '../zone.js';
import { timesOf } from './item-times.js';
import { onClock } from './series-times.js';

/** The instance of a series that people look at. */
export interface FoundInstance {
  /** The time that the series knows it by, on the series' clock. */
  readonly name: CalendarTime;
  /** When it begins, or is due where its series has no start; null where it has neither. */
  readonly seen: CalendarTime | null;
  /** An override that is there, or null and then the instance as the series has it. */
  readonly item: CalendarItem | null;
  readonly instance: Instance | null;
}

/**
 * Null for what does not recur. An object without its series (whoever is invited to some occurrences alone has no more) is
 * looked at by its first one where none is named.
 * @param recurrenceId as `ShownInstance` names it
 */
export function findInstance(object: CalendarObject, recurrenceId: string | null): FoundInstance | null {
  const { master, overrides } = object.series;
  if (!isRecurring(object.series)) return null;
  const anchor = master === null ? null : anchorOf(master);
  if (recurrenceId === null) return master === null ? ofOverride(overrides[0] as CalendarItem, null) : null;
  const found = instanceNamed(object, recurrenceId);
  if (found === null) refuse('This occurrence is not there any more.');
  if (!('item' in found)) return ofOverride(found, master);
  const clock = anchorOf(found.item) as CalendarTime;
  const name = nameOn(found.recurrenceId as CalendarTime, anchor);
  const instance = onClockOf(found, name);
  return { ...{ name, instance, item: null }, seen: { ...clock, wall: instance.startWall } };
}

/** One that was added by an RDATE has the walls of that one's clock. */
function onClockOf(instance: Instance, name: CalendarTime): Instance {
  const by = name.wall - (instance.recurrenceId as CalendarTime).wall;
  return { ...instance, startWall: instance.startWall + by, endWall: instance.endWall + by };
}

const ofOverride = (item: CalendarItem, master: CalendarItem | null): FoundInstance => ({
  name: nameOn(item.recurrenceId as CalendarTime, master === null ? null : anchorOf(master)),
  ...{ seen: master === null ? anchorOf(item) : seenLike(master, item), item, instance: null },
});

/** A task that has lost its start alone begins as long before it is due as its series does. */
function seenLike(master: CalendarItem, item: CalendarItem): CalendarTime | null {
  const [own, whole] = [timesOf(item), timesOf(master)];
  if ((own.start === null) === (whole.start === null) || own.end === null) return anchorOf(item);
  if (whole.start === null || whole.end === null) return own.end;
  const { kind, wall } = own.end;
  const before = onClock(whole.end, whole.start).wall - whole.start.wall;
  return atWall(own.end, kind === 'date' ? dayOfWall(wall - before) : wall - before);
}

const nameOn = (time: CalendarTime, anchor: CalendarTime | null): CalendarTime =>
  anchor === null ? time : onClock(time, anchor);

/** Nothing of the object lies before it: what did may have been taken out. */
export function isFirst({ series }: CalendarObject, { name }: FoundInstance): boolean {
  const { master, overrides } = series;
  if (master === null) return overrides.every((each) => !isBefore(each, name));
  const anchor = anchorOf(master);
  const at = identityOf(name, anchor);
  const window = { from: Number.NEGATIVE_INFINITY, to: at + DAY };
  const given = instancesWithin({ ...series, overrides: [], futures: [] }, window, utc);
  const names = [...given, ...overrides].map(({ recurrenceId }) => recurrenceId ?? anchor);
  return names.every((each) => each === null || identityOf(each, anchor) >= at);
}

/** Of an override in an object without its series. */
export const isBefore = ({ recurrenceId }: CalendarItem, name: CalendarTime): boolean =>
  identityOf(recurrenceId as CalendarTime, null) < identityOf(name, null);
