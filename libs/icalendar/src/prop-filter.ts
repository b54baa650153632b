import { faultOf, isCalendarFault } from './calendar-fault.js';
import { instantOf, readCalendarTime, type ZoneLookup } from './calendar-time.js';
import { DAY } from './civil-date.js';
import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import type { ParamFilter, PropFilter, TextMatch, TimeRange } from './filter.js';
import { textMatches, unescapeText } from './text-match.js';
import type { Zone } from './zone.js';

/** Who looks, and how the TZIDs of the object are resolved. */
export interface View {
  readonly observer: Zone;
  readonly zones: ZoneLookup;
}

/** True where one property of the component fulfils all that the filter asks (RFC 4791 9.7.2). */
export function propertyMatches(component: Component, filter: PropFilter, view: View): boolean {
  const name = filter.name.toUpperCase();
  const properties = component.properties.filter((property) => property.name === name);
  if (filter.isNotDefined) return properties.length === 0;
  return properties.some((property) => {
    if (filter.textMatch !== undefined && !valueMatches(property.value, filter.textMatch)) return false;
    if (filter.timeRange !== undefined && !isWithin(property, filter.timeRange, view)) return false;
    return filter.paramFilters.every((paramFilter) => parameterMatches(property, paramFilter));
  });
}

/** Clients ask for the text as people read it, and some (python-caldav) as it is escaped on the wire: both find it. */
function valueMatches(value: string, { negate, ...match }: TextMatch): boolean {
  const holds = [unescapeText(value), value].some((form) => textMatches(form, { ...match, negate: false }));
  return holds !== negate;
}

/** RFC 4791 9.7.3: a parameter with several values matches by any of them. */
function parameterMatches(property: ContentLine, { name, isNotDefined, textMatch }: ParamFilter): boolean {
  const found = property.parameters.find((parameter) => parameter.name === name.toUpperCase());
  if (isNotDefined) return found === undefined;
  if (found === undefined) return false;
  return textMatch === undefined || found.values.some((value) => textMatches(value, textMatch));
}

/** RFC 4791 9.9: `start <= value AND end > value`; a DATE counts as its whole day. No date, no match. */
function isWithin(property: ContentLine, { start = -Infinity, end = Infinity }: TimeRange, view: View): boolean {
  return property.value.split(',').some((item) => {
    const time = faultOf(() => readCalendarTime(item.split('/')[0] as string, property, view.zones));
    if (isCalendarFault(time)) return false;
    const first = instantOf(time, view.observer);
    if (time.kind !== 'date') return start <= first && end > first;
    return start < view.observer.toInstant(time.wall + DAY) && end > first;
  });
}
