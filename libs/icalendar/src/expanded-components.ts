import type { CalendarComponentName, CalendarObject } from './calendar-object.js';
import { type CalendarTime, formatInstant, instantOf, readCalendarTime } from './calendar-time.js';
import { faultOf, isCalendarFault } from './calendar-fault.js';
import type { Component } from './component-tree.js';
import { type ContentLine, parameterOf } from './content-line.js';
import { formatDuration } from './duration.js';
import type { TimeRange } from './filter.js';
import { type Instance, instancesWithin } from './instances.js';
import { newProperty, newTimeProperty } from './new-property.js';
import type { View } from './prop-filter.js';
import { overlaps } from './time-range.js';
import type { Zone } from './zone.js';

const REPEATING: ReadonlySet<string> = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID']);

/**
 * Each instance that overlaps the range as a component of its own, sorted by start: times in UTC (DATE and floating
 * times stay as they are), a RECURRENCE-ID where the object recurs, no rules and no VTIMEZONE (RFC 4791 9.6.5).
 */
export function expandedComponents(
  object: CalendarObject,
  range: Required<TimeRange>,
  observer: Zone,
): readonly Component[] {
  const window = { from: range.start, to: range.end };
  const name: CalendarComponentName = object.component;
  const view: View = { observer, zones: object.zones };
  return instancesWithin(object.series, window, observer)
    .filter((instance) => overlaps(name, instance, window))
    .sort((a, b) => timeOf(a) - timeOf(b))
    .map((instance) => expandedComponent(instance, view));
}

function timeOf({ start, end }: Instance): number {
  return start ?? end ?? 0;
}

function expandedComponent(instance: Instance, view: View): Component {
  const { component, start, end } = instance.item;
  const properties = component.properties.flatMap((property): readonly ContentLine[] => {
    if (REPEATING.has(property.name)) return [];
    if (property.name === 'DTSTART' && start !== null)
      return [startOf(instance, start), ...recurrenceIdOf(instance, view)];
    if (property.name === 'DURATION') return [newProperty('DURATION', lengthOf(instance, start, property))];
    if ((property.name === 'DTEND' || property.name === 'DUE') && end !== null) {
      const due = newTimeProperty(property.name, end.kind, endWallOf(instance, end), instance.end ?? 0);
      return start === null ? [due, ...recurrenceIdOf(instance, view)] : [due];
    }
    return [inUtc(property, view)];
  });
  return { ...component, properties, components: component.components.map((inner) => innerInUtc(inner, view)) };
}

function startOf(instance: Instance, start: CalendarTime): ContentLine {
  return newTimeProperty('DTSTART', start.kind, instance.startWall, instance.start ?? 0);
}

/** A floating end beside a start with a zone keeps its own wall; such pairs are not RFC 5545, but they are sent. */
function endWallOf(instance: Instance, end: CalendarTime): number {
  return instance.item.start === null || (instance.item.start.zone === null) === (end.zone === null)
    ? instance.endWall
    : end.wall;
}

function recurrenceIdOf({ recurrenceId }: Instance, view: View): readonly ContentLine[] {
  if (recurrenceId === null) return [];
  const { kind, wall } = recurrenceId;
  return [newTimeProperty('RECURRENCE-ID', kind, wall, instantOf(recurrenceId, view.observer))];
}

/** Days of a DURATION are nominal, in UTC they might be an hour off: then the exact length is written. */
function lengthOf({ start, end }: Instance, from: CalendarTime | null, property: ContentLine): string {
  if (from === null || from.zone === null || start === null || end === null) return property.value;
  return /[DW]/i.test(property.value) ? formatDuration(end - start) : property.value;
}

function innerInUtc(component: Component, view: View): Component {
  return { ...component, properties: component.properties.map((property) => inUtc(property, view)) };
}

/** Any other property with a TZID: without the VTIMEZONE it must be in UTC as well. */
function inUtc(property: ContentLine, view: View): ContentLine {
  if (parameterOf(property, 'TZID') === undefined) return property;
  const time = faultOf(() => readCalendarTime(property.value, property, view.zones));
  if (isCalendarFault(time) || time.kind !== 'zoned') return property;
  return newProperty(property.name, formatInstant(instantOf(time, view.observer)));
}
