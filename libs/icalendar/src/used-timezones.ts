import { type Component, propertyOf } from './component-tree.js';
import { parameterOf } from './content-line.js';

/** The VTIMEZONEs of a calendar that these components name in a TZID. */
export function usedTimezones(root: Component, components: readonly Component[]): readonly Component[] {
  const used = new Set<string>();
  for (const component of components) collectTzids(component, used);
  return root.components.filter(
    (component) => component.name === 'VTIMEZONE' && used.has(propertyOf(component, 'TZID')?.value ?? ''),
  );
}

function collectTzids({ properties, components }: Component, into: Set<string>): void {
  for (const property of properties) {
    const tzid = property.parameters.length === 0 ? undefined : parameterOf(property, 'TZID');
    if (tzid !== undefined) into.add(tzid);
  }
  for (const component of components) collectTzids(component, into);
}
