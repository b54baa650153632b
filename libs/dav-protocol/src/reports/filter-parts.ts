import { caldav } from '../names.js';
import { childNamed, childrenNamed, type XmlElement } from '../xml-element.js';
import { invalidFilter } from './valid-filter.js';

/** The name attribute of a filter element, in upper case as iCalendar names compare without case. */
export function filterName(element: XmlElement): string {
  const name = element.attributes['name']?.trim().toUpperCase() ?? '';
  if (name === '') throw invalidFilter(`${element.local} needs a name.`);
  return name;
}

/** Whether the element is a test for absence; then it may hold no other test. */
export function isNotDefined(element: XmlElement, others: readonly string[]): boolean {
  if (childNamed(element, caldav('is-not-defined')) === undefined) return false;
  const other = others.find((name) => childNamed(element, caldav(name)) !== undefined);
  if (other !== undefined) throw invalidFilter(`${element.local} cannot have both is-not-defined and ${other}.`);
  return true;
}

/** The only CALDAV child of that name; undefined if there is none. */
export function onlyChild(element: XmlElement, local: string): XmlElement | undefined {
  const [child, second] = childrenNamed(element, caldav(local));
  if (second !== undefined) throw invalidFilter(`${element.local} can have only one ${local}.`);
  return child;
}
