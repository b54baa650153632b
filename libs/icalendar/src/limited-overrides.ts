import { anchorOf, type CalendarItem } from './calendar-item.js';
import type { CalendarObject } from './calendar-object.js';
import { type CalendarTime, instantOf } from './calendar-time.js';
import type { Component } from './component-tree.js';
import { nominalSeconds } from './duration.js';
import type { TimeRange } from './filter.js';
import { someInstance } from './instance-search.js';
import { lengthOf } from './item-length.js';
import { overlaps } from './time-range.js';
import type { Zone } from './zone.js';

/**
 * The components of an object without the overrides that have no part in the range: an override stays where it or the
 * instance that it replaces overlaps the range, or where it changes later instances (RFC 4791 9.6.6).
 */
export function limitedOverrides(
  object: CalendarObject,
  range: Required<TimeRange>,
  observer: Zone,
): readonly Component[] {
  const dropped = new Set(
    object.series.overrides.filter((item) => !hasPart(object, item, range, observer)).map(({ component }) => component),
  );
  return object.root.components.filter((component) => !dropped.has(component));
}

function hasPart(object: CalendarObject, item: CalendarItem, range: Required<TimeRange>, observer: Zone): boolean {
  const window = { from: range.start, to: range.end };
  if (originalOverlaps(object, item, range, observer)) return true;
  return someInstance({ object, item, window, observer }, (instance) => overlaps(object.component, instance, window));
}

/** The instance as the master gave it, with the master's length. */
function originalOverlaps(
  object: CalendarObject,
  item: CalendarItem,
  range: Required<TimeRange>,
  observer: Zone,
): boolean {
  const { master } = object.series;
  const anchor = master === null ? null : anchorOf(master);
  const id = item.recurrenceId as CalendarTime;
  const start = instantOf(id, id.zone ?? anchor?.zone ?? observer);
  if (item.thisAndFuture && start < range.end) return true;
  const length = master === null ? null : lengthOf(master, observer);
  const end = start + (length === null ? 0 : nominalSeconds(length));
  return end > start ? range.start < end && range.end > start : range.start <= start && range.end > start;
}
