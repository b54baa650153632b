import { type CalendarFault, faultOf } from '../calendar-fault.js';
import { formatInstant } from '../calendar-time.js';
import type { Component } from '../component-tree.js';
import { newProperty } from '../new-property.js';
import { writeComponent } from '../write-component.js';
import { zoneLookup } from '../zone-lookup.js';
import { changeComponent, type ObjectChanges, readChanges } from './change-component.js';
import { withTimezones } from './timezone-component.js';

export interface NewObject {
  readonly component: 'VEVENT' | 'VTODO';
  readonly uid: string;
  /** UTC seconds. */
  readonly now: number;
}

/** A calendar object that begins with these details. */
export function newObject({ component, uid, now }: NewObject, details: ObjectChanges): string | CalendarFault {
  return faultOf(() => {
    const empty: Component = {
      ...{ name: component, line: 0, components: [] },
      properties: [newProperty('UID', uid), newProperty('CREATED', formatInstant(now))],
    };
    const root: Component = {
      ...{ name: 'VCALENDAR', line: 0 },
      properties: [newProperty('VERSION', '2.0'), newProperty('PRODID', '-//Almanac//Web//EN')],
      components: [],
    };
    const changes = readChanges(details, { root, zones: zoneLookup(root) });
    const made = { ...root, components: [changeComponent(empty, changes, now)] };
    return writeComponent(withTimezones(made, changes));
  });
}
