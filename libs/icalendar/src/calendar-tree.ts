import { type CalendarFault, faultOf } from './calendar-fault.js';
import type { ZoneLookup } from './calendar-time.js';
import { type Component, propertyOf, readComponentTree } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { zoneLookup } from './zone-lookup.js';

/** A calendar object's components with the zones that their TZIDs mean, for those who rewrite it. */
export interface CalendarTree {
  readonly root: Component;
  readonly zones: ZoneLookup;
}

const HOLDERS: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY']);

/** Reads the tree alone: cheaper than the object, and without its checks. */
export function readCalendarTree(text: string): CalendarTree | CalendarFault {
  return faultOf(() => {
    const root = readComponentTree(text);
    return { root, zones: zoneLookup(root) };
  });
}

/** The VEVENTs, VTODOs, VJOURNALs or VFREEBUSYs of a calendar, without what stands beside them. */
export function objectParts(root: Component): readonly Component[] {
  return root.components.filter(({ name }) => HOLDERS.has(name));
}

/** The TZIDs that a calendar has VTIMEZONEs of. */
export const timezonesIn = (root: Component): ReadonlySet<string | undefined> =>
  new Set(root.components.filter(({ name }) => name === 'VTIMEZONE').map((each) => propertyOf(each, 'TZID')?.value));

/** The component without a RECURRENCE-ID; undefined where only overrides were sent. */
export function masterOf(root: Component): Component | undefined {
  return objectParts(root).find((component) => !isOverride(component));
}

/** True for a component that replaces one instance of a series. */
export function isOverride(component: Component): boolean {
  return component.properties.some(({ name }) => name === 'RECURRENCE-ID');
}

/** Rewrites the parts of an object, null leaves one out; the very same root where nothing is altered. */
export function rewriteParts(root: Component, rewrite: (part: Component) => Component | null): Component {
  let altered = false;
  const components = root.components.flatMap((component) => {
    if (!HOLDERS.has(component.name)) return [component];
    const rewritten = rewrite(component);
    altered ||= rewritten !== component;
    return rewritten === null ? [] : [rewritten];
  });
  return altered ? { ...root, components } : root;
}

/** The component with those of its properties that `keeps` says; the very same where all stay. */
export function keepProperties(component: Component, keeps: (property: ContentLine) => boolean): Component {
  const properties = component.properties.filter(keeps);
  return properties.length === component.properties.length ? component : { ...component, properties };
}

/** The component with those of its sub-components that `keeps` says; the very same where all stay. */
export function keepComponents(component: Component, keeps: (inner: Component) => boolean): Component {
  const components = component.components.filter(keeps);
  return components.length === component.components.length ? component : { ...component, components };
}

/** Rewrites the VALARMs of a component; the very same component where nothing is altered. */
export function rewriteAlarms(component: Component, rewrite: (alarm: Component) => Component): Component {
  const components = component.components.map((inner) => (inner.name === 'VALARM' ? rewrite(inner) : inner));
  return components.every((inner, at) => inner === component.components[at]) ? component : { ...component, components };
}

/** The VALARMs of a component. */
export function alarmComponents(component: Component): readonly Component[] {
  return component.components.filter(({ name }) => name === 'VALARM');
}

/** The component with a property in place of all that bear its name, where the first of them stood, else at the end. */
export function putProperty(component: Component, property: ContentLine): Component {
  const at = component.properties.findIndex(({ name }) => name === property.name);
  if (at < 0) return { ...component, properties: [...component.properties, property] };
  const others = component.properties.filter(({ name }, place) => name !== property.name || place === at);
  return { ...component, properties: others.map((other) => (other.name === property.name ? property : other)) };
}
