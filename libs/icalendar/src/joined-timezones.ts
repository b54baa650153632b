import { type Component, propertyOf } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { newProperty } from './new-property.js';
import { sentZone } from './sent-zone.js';
import { writeComponent } from './write-component.js';

/** In these years two VTIMEZONEs are compared; between them lie the changes of the last decades. */
const YEARS = [1995, 2010, 2025];

/** The time zones of a file of many objects: each once, and two that differ under one TZID under two (RFC 5545 3.8.3.1). */
export class JoinedTimezones {
  readonly #kept = new Map<string, Component>();

  /** The components of a VCALENDAR: time zones that the file does not have yet, then the others with the file's TZIDs. */
  take(root: Component): readonly Component[] {
    const renamed = new Map<string, string>();
    const before = this.#kept.size;
    for (const timezone of root.components.filter(({ name }) => name === 'VTIMEZONE')) {
      const tzid = propertyOf(timezone, 'TZID')?.value ?? '';
      const kept = this.#keep(timezone, tzid);
      if (kept !== tzid) renamed.set(tzid, kept);
    }
    const others = root.components.filter(({ name }) => name !== 'VTIMEZONE');
    const added = [...this.#kept.values()].slice(before);
    return [...added, ...(renamed.size === 0 ? others : others.map((component) => withZones(component, renamed)))];
  }

  #keep(timezone: Component, tzid: string): string {
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? tzid : `${tzid}-${number}`;
      const kept = this.#kept.get(name);
      if (kept !== undefined && !sameZone(kept, timezone)) continue;
      if (kept === undefined) this.#kept.set(name, named(timezone, name));
      return name;
    }
  }
}

/** Clients spell one zone in many ways: what counts is that they mean the same offsets. */
function sameZone(one: Component, other: Component): boolean {
  return (
    writeComponent(one) === writeComponent(other) ||
    YEARS.every((year) => sentZone(one, year) === sentZone(other, year))
  );
}

function named(timezone: Component, name: string): Component {
  const properties = timezone.properties.map((property) =>
    property.name === 'TZID' ? newProperty('TZID', name) : property,
  );
  return { ...timezone, properties };
}

function withZones(component: Component, renamed: ReadonlyMap<string, string>): Component {
  return {
    ...component,
    properties: component.properties.map((property) => withZone(property, renamed)),
    components: component.components.map((inner) => withZones(inner, renamed)),
  };
}

function withZone(property: ContentLine, renamed: ReadonlyMap<string, string>): ContentLine {
  const tzid = property.parameters.find(({ name }) => name === 'TZID')?.values[0];
  const name = tzid === undefined ? undefined : renamed.get(tzid);
  if (name === undefined) return property;
  const value = /[;:,]/.test(name) ? `"${name}"` : name;
  return { ...property, text: property.text.replace(/;TZID=(?:"[^"]*"|[^;:]*)/i, () => `;TZID=${value}`) };
}
