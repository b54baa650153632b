import { isCalendarFault } from './calendar-fault.js';
import { isOverride, masterOf, objectParts, readCalendarTree } from './calendar-tree.js';
import type { Component } from './component-tree.js';
import { type ContentLine, parameterOf } from './content-line.js';

/** Tells the attachments of a series' exceptions that the series has, too (row A4); null where it has none. */
export function repeatedOf(root: Component): ((property: ContentLine) => boolean) | null {
  const master = masterOf(root);
  const known = new Set(master === undefined ? [] : attachmentsOf(master).flatMap(namesOf));
  if (known.size === 0) return null;
  return (property) => property.name === 'ATTACH' && namesOf(property).some((name) => known.has(name));
}

/** Whether an exception has an attachment of the series: where it was put there on purpose (RFC 8607 3.4), it stays. */
export function repeatsAttachments(text: string): boolean {
  const tree = readCalendarTree(text);
  const isRepeated = isCalendarFault(tree) ? null : repeatedOf(tree.root);
  if (isRepeated === null || isCalendarFault(tree)) return false;
  return objectParts(tree.root).some((part) => isOverride(part) && part.properties.some(isRepeated));
}

const attachmentsOf = ({ properties }: Component): readonly ContentLine[] =>
  properties.filter(({ name }) => name === 'ATTACH');

/** One attachment is another when either its id (RFC 8607 4.3) or what it points to is the same. */
function namesOf(property: ContentLine): readonly string[] {
  const id = parameterOf(property, 'MANAGED-ID');
  return [`value ${property.value.trim()}`, ...(id === undefined ? [] : [`id ${id}`])];
}
