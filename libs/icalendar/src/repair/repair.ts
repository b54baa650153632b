import { type CalendarTree, rewriteParts } from '../calendar-tree.js';
import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';

/** Mends one fault of text that is no iCalendar yet; gives the very same text where it is not there. */
export interface TextRepair {
  readonly said: string;
  readonly mend: (text: string) => string;
}

/** Mends one fault of calendar data; gives the very same root where it is not there. */
export interface TreeRepair {
  readonly said: string;
  readonly mend: (tree: CalendarTree) => Component;
}

/** Rewrites the properties of VEVENTs, VTODOs and VJOURNALs and of the VALARMs in them; null leaves one out. */
export function rewriteProperties(
  root: Component,
  rewrite: (property: ContentLine, holder: Component) => ContentLine | null,
): Component {
  return rewriteParts(root, (part) => deeply(part, rewrite));
}

function deeply(
  component: Component,
  rewrite: (property: ContentLine, holder: Component) => ContentLine | null,
): Component {
  const properties = component.properties.map((property) => rewrite(property, component));
  const components = component.components.map((inner) => deeply(inner, rewrite));
  const isSame =
    properties.every((property, at) => property === component.properties[at]) &&
    components.every((inner, at) => inner === component.components[at]);
  return isSame
    ? component
    : { ...component, properties: properties.filter((property) => property !== null), components };
}
