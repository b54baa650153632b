import type { Component } from '../component-tree.js';
import { type ContentLine, parameterOf } from '../content-line.js';

/** The value of MANAGED-ID (RFC 8607 4.3); undefined for other properties. */
export function managedIdOf(property: ContentLine): string | undefined {
  if (property.name !== 'ATTACH' || property.parameters.length === 0) return undefined;
  return parameterOf(property, 'MANAGED-ID') || undefined;
}

/** The managed attachments of components and of what is in them, each once. */
export function managedIdsOf(components: readonly Component[]): readonly string[] {
  const found = new Set<string>();
  const walk = ({ properties, components: inner }: Component): void => {
    for (const property of properties) {
      const managedId = managedIdOf(property);
      if (managedId !== undefined) found.add(managedId);
    }
    for (const component of inner) walk(component);
  };
  for (const component of components) walk(component);
  return [...found];
}
