import { alarmInstants, alarmWindow, readAlarm } from './alarms.js';
import type { CalendarItem } from './calendar-item.js';
import type { CalendarComponentName, CalendarObject } from './calendar-object.js';
import type { Component } from './component-tree.js';
import type { CompFilter, TimeRange } from './filter.js';
import { someInstance } from './instance-search.js';
import type { InstantWindow } from './instances.js';
import { propertyMatches, type View } from './prop-filter.js';
import { overlaps } from './time-range.js';
import type { Zone } from './zone.js';

/**
 * True where a calendar object passes a CALDAV:filter (RFC 4791 9.7): all parts of a comp-filter must hold of the
 * same component. `filter` names VCALENDAR. DATE and floating times are read in the observer's zone.
 */
export function matches(object: CalendarObject, filter: CompFilter, observer: Zone): boolean {
  if (filter.name.toUpperCase() !== 'VCALENDAR') return filter.isNotDefined === true;
  if (filter.isNotDefined) return false;
  const look: Look = { object, view: { observer, zones: object.zones } };
  return partsMatch(object.root, filter, { ...look, item: null });
}

interface Look {
  readonly object: CalendarObject;
  readonly view: View;
}

/** `item` is the component of the object that is looked at or that holds what is looked at. */
interface ItemLook extends Look {
  readonly item: CalendarItem | null;
}

function partsMatch(component: Component, filter: CompFilter, look: ItemLook): boolean {
  return (
    filter.propFilters.every((propFilter) => propertyMatches(component, propFilter, look.view)) &&
    filter.compFilters.every((compFilter) => someComponentMatches(component, compFilter, look))
  );
}

function someComponentMatches(parent: Component, filter: CompFilter, look: ItemLook): boolean {
  const name = filter.name.toUpperCase();
  const components = parent.components.filter((component) => component.name === name);
  if (filter.isNotDefined) return components.length === 0;
  return components.some((component) => {
    const own = { ...look, item: look.item ?? itemOf(look.object, component) };
    return (
      partsMatch(component, filter, own) &&
      (filter.timeRange === undefined || isWithin(component, filter.timeRange, own))
    );
  });
}

function itemOf({ series }: CalendarObject, component: Component): CalendarItem | null {
  if (series.master?.component === component) return series.master;
  return series.overrides.find((item) => item.component === component) ?? null;
}

/** RFC 4791 9.9 has tables for the four components and for VALARM; a range on any other matches nothing. */
function isWithin(component: Component, range: TimeRange, look: ItemLook): boolean {
  const { object, item, view } = look;
  if (item === null) return false;
  const window = { from: range.start ?? -Infinity, to: range.end ?? Infinity };
  const question = { object, item, window, observer: view.observer };
  if (component.name === 'VALARM') return alarmIsWithin(component, question);
  if (component !== item.component) return false;
  const name = component.name as CalendarComponentName;
  return someInstance(question, (instance) => overlaps(name, instance, window));
}

function alarmIsWithin(component: Component, question: Parameters<typeof someInstance>[0]): boolean {
  const { window, observer } = question;
  const alarm = readAlarm(component, observer);
  if (alarm === null) return false;
  const isHit = (instant: number) => isBetween(instant, window);
  return someInstance({ ...question, window: alarmWindow(alarm, window) }, (instance) =>
    alarmInstants(alarm, instance, observer).some(isHit),
  );
}

/** `start <= trigger-time AND end > trigger-time` (RFC 4791 9.9). */
function isBetween(instant: number, { from, to }: InstantWindow): boolean {
  return from <= instant && to > instant;
}
