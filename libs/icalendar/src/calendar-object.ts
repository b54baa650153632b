import { type CalendarFault, faultOf, refuse, refuseAs } from './calendar-fault.js';
import { type CalendarItem, readCalendarItem } from './calendar-item.js';
import { type CalendarTime, instantOf, type ZoneLookup } from './calendar-time.js';
import { checkComponent } from './check-component.js';
import { type Component, propertyOf, readComponentTree } from './component-tree.js';
import { type CalendarObjectFacts, factsOf } from './facts.js';
import { isPrivateCalendar } from './privacy.js';
import { type Series, seriesOf } from './series.js';
import { zoneLookup } from './zone-lookup.js';
import { utc } from './zone.js';

/** The components of which a calendar object resource holds one kind (RFC 4791 4.1). */
export type CalendarComponentName = 'VEVENT' | 'VTODO' | 'VJOURNAL' | 'VFREEBUSY';

/** A calendar object resource as read: the tree as sent, its recurrence set and zones, and what an index keeps of it. */
export interface CalendarObject {
  readonly uid: string;
  readonly component: CalendarComponentName;
  readonly facts: CalendarObjectFacts;
  readonly root: Component;
  readonly series: Series;
  readonly zones: ZoneLookup;
}

const COMPONENTS: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY']);

/**
 * Reads a calendar object resource. Faults: `valid-calendar-data` where RFC 5545 is broken,
 * `valid-calendar-object-resource` where RFC 4791 4.1 is, `supported-calendar-component` for other components,
 * `max-instances` for rules too dense to be kept. What real clients send otherwise is tolerated; nothing is rewritten.
 */
export function readCalendarObject(text: string): CalendarObject | CalendarFault {
  return faultOf(() => {
    const root = readComponentTree(text);
    checkCalendar(root);
    const components = objectComponents(root);
    for (const component of root.components) checkComponent(component);
    const zones = zoneLookup(root);
    const items = components.map((component) => readItem(component, zones));
    const uid = oneUid(components);
    const component = (components[0] as Component).name as CalendarComponentName;
    const series = seriesOf(items);
    const facts = {
      ...factsOf(uid, component, series),
      ...(isPrivateCalendar(root) ? ({ private: true } as const) : {}),
    };
    return { uid, component, facts, root, series, zones };
  });
}

/** Properties of the VCALENDAR itself (RFC 5545 3.7). A missing PRODID is tolerated. */
function checkCalendar(root: Component): void {
  const version = propertyOf(root, 'VERSION');
  if (version === undefined) refuse('Give the VCALENDAR a VERSION:2.0.', root.line);
  if (version.value.trim() !== '2.0') refuse('Send iCalendar 2.0: VERSION:2.0.', version.line);
  const scale = propertyOf(root, 'CALSCALE');
  if (scale !== undefined && scale.value.trim().toUpperCase() !== 'GREGORIAN') {
    refuse('Use CALSCALE:GREGORIAN or none.', scale.line);
  }
  const method = propertyOf(root, 'METHOD');
  if (method !== undefined) {
    refuseAs('valid-calendar-object-resource', 'Remove METHOD: a stored calendar object has none.', method.line);
  }
}

/** The components of one kind that make up the object (RFC 4791 4.1); VTIMEZONE and X- components stand beside them. */
function objectComponents(root: Component): readonly Component[] {
  const components = root.components.filter(({ name }) => name !== 'VTIMEZONE' && !name.startsWith('X-'));
  const [first] = components;
  if (first === undefined) {
    refuseAs('valid-calendar-object-resource', 'Put a VEVENT, VTODO or VJOURNAL into the VCALENDAR.', root.line);
  }
  const other = components.find(({ name }) => name !== first.name);
  if (other !== undefined) {
    const reason = `Send ${first.name} and ${other.name} in objects of their own.`;
    refuseAs('valid-calendar-object-resource', reason, other.line);
  }
  if (!COMPONENTS.has(first.name)) {
    const reason = `Send a VEVENT, VTODO or VJOURNAL in place of ${first.name}.`;
    refuseAs('supported-calendar-component', reason, first.line);
  }
  return components;
}

function oneUid(components: readonly Component[]): string {
  const [first, ...others] = components.map((component) => propertyOf(component, 'UID'));
  const other = others.find((property) => property?.value !== first?.value);
  if (other !== undefined) {
    const reason = 'Give all components of one object the same UID.';
    refuseAs('valid-calendar-object-resource', reason, other.line);
  }
  return first?.value ?? '';
}

function readItem(component: Component, lookup: ZoneLookup): CalendarItem {
  const item = readCalendarItem(component, lookup);
  if (item.start !== null && item.end !== null) checkOrder(component, item.start, item.end);
  return item;
}

/** DTEND and DUE have the type of DTSTART and do not lie before it (RFC 5545 3.8.2.2, 3.8.2.3). Equal is tolerated. */
function checkOrder(component: Component, start: CalendarTime, end: CalendarTime): void {
  const name = component.name === 'VTODO' ? 'DUE' : 'DTEND';
  const line = propertyOf(component, name)?.line;
  const isTask = component.name === 'VTODO';
  if ((start.kind === 'date') !== (end.kind === 'date')) {
    // Task clients send such pairs; the earlier day of a DATE is no reason to lose a task.
    if (isTask) return;
    refuse(`Give DTSTART and ${name} both as dates or both as times.`, line);
  }
  const comparable = (start.zone === null) === (end.zone === null);
  if (comparable && instantOf(end, utc) < instantOf(start, utc)) {
    refuse(`Let ${name} lie after DTSTART.`, line);
  }
}
