import type { CalendarFault } from './calendar-fault.js';
import type { CalendarObject } from './calendar-object.js';
import { type CompSpec, selectComponent } from './comp-spec.js';
import type { Component } from './component-tree.js';
import { isFarTooMany, maxExpanded, tooManyInstances } from './expansion-estimate.js';
import { expandedComponents } from './expanded-components.js';
import type { TimeRange } from './filter.js';
import { limitedFreeBusy } from './limited-free-busy.js';
import { limitedOverrides } from './limited-overrides.js';
import { writeComponent } from './write-component.js';
import type { Zone } from './zone.js';

/** What a CALDAV:calendar-data element asks for (RFC 4791 9.6). */
export interface CalendarDataSpec {
  readonly comp?: CompSpec;
  readonly expand?: Required<TimeRange>;
  readonly limitRecurrenceSet?: Required<TimeRange>;
  readonly limitFreebusySet?: Required<TimeRange>;
}

/**
 * Writes what a report asks for of a calendar object: instances in place of rules, fewer overrides, fewer free-busy
 * periods, fewer components and properties; in this order. An empty spec gives all, newly folded.
 * Fault: `max-instances` where expanding would give more than 5,000.
 */
export function presentCalendarData(
  object: CalendarObject,
  spec: CalendarDataSpec,
  observer: Zone,
): string | CalendarFault {
  let components: readonly Component[] = object.root.components;
  if (spec.expand !== undefined) {
    if (isFarTooMany(object, spec.expand, observer)) return tooManyInstances;
    components = expandedComponents(object, spec.expand, observer);
    if (components.length > maxExpanded) return tooManyInstances;
  } else if (spec.limitRecurrenceSet !== undefined) {
    components = limitedOverrides(object, spec.limitRecurrenceSet, observer);
  }
  if (spec.limitFreebusySet !== undefined) components = limitedFreeBusy(components, spec.limitFreebusySet);
  const root = { ...object.root, components };
  return writeComponent(spec.comp === undefined ? root : selectComponent(root, spec.comp));
}
