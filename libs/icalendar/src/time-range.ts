import type { CalendarComponentName } from './calendar-object.js';
import type { Component } from './component-tree.js';
import { propertiesOf } from './component-tree.js';
import type { Instance, InstantWindow } from './instances.js';
import { type Period, readPeriod } from './period.js';
import { stampOf } from './stamp-span.js';

/** True where an instance overlaps a window by the table of its component (RFC 4791 9.9). */
export function overlaps(name: CalendarComponentName, instance: Instance, window: InstantWindow): boolean {
  return TABLES[name](instance, window);
}

type Table = (instance: Instance, window: InstantWindow) => boolean;

const TABLES: Readonly<Record<CalendarComponentName, Table>> = {
  VEVENT: eventOverlaps,
  VTODO: taskOverlaps,
  VJOURNAL: ({ start, end }, window) => start !== null && spanOverlaps(start, end ?? start, window),
  VFREEBUSY: freeBusyOverlaps,
};

function eventOverlaps({ start, end }: Instance, window: InstantWindow): boolean {
  return start !== null && spanOverlaps(start, end ?? start, window);
}

/** The rows of VEVENT: with a length `from < end`, without one `from <= start`. */
function spanOverlaps(start: number, end: number, { from, to }: InstantWindow): boolean {
  return end > start ? from < end && to > start : from <= start && to > start;
}

/** The eight rows of VTODO. */
function taskOverlaps({ item, start, end }: Instance, { from, to }: InstantWindow): boolean {
  if (start !== null && end !== null) {
    const ends = to > start || to >= end;
    return item.end === null ? from <= end && ends : (from < end || from <= start) && ends;
  }
  if (start !== null) return from <= start && to > start;
  if (end !== null) return from < end && to >= end;
  return stampsOverlap(item.component, { from, to });
}

function stampsOverlap(component: Component, { from, to }: InstantWindow): boolean {
  const completed = stampOf(component, 'COMPLETED');
  const created = stampOf(component, 'CREATED');
  if (completed !== null && created !== null) {
    return (from <= created || from <= completed) && (to >= created || to >= completed);
  }
  if (completed !== null) return from <= completed && to >= completed;
  return created === null || to > created;
}

function freeBusyOverlaps({ item, start, end }: Instance, { from, to }: InstantWindow): boolean {
  if (start !== null && end !== null) return from <= end && to > start;
  return freeBusyPeriods(item.component).some((period) => from < period.end && to > period.start);
}

/** A period of a VFREEBUSY and its FBTYPE (RFC 5545 3.2.9, BUSY by default). */
export interface TypedPeriod extends Period {
  readonly type: string;
}

/** The periods that a VFREEBUSY lists. */
export function freeBusyPeriods(component: Component): readonly TypedPeriod[] {
  return propertiesOf(component, 'FREEBUSY').flatMap((property) => {
    const type = property.parameters.find(({ name }) => name === 'FBTYPE')?.values[0]?.toUpperCase() ?? 'BUSY';
    return property.value.split(',').map((item) => ({ ...readPeriod(item, property.line), type }));
  });
}
