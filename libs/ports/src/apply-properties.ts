import type { PropertyValues } from '@almanac/contracts';

/** The properties after a change, as JSON with sorted names, so that a rebuild gives the same bytes. */
export function applyProperties(before: string | null, set: PropertyValues, removed: readonly string[]): string {
  const properties: Record<string, unknown> = { ...(before === null ? {} : JSON.parse(before)), ...set };
  for (const name of removed) delete properties[name];
  return JSON.stringify(properties, Object.keys(properties).sort().concat('text', 'xml'));
}
