import { namespaces, xmlNamespace } from './names.js';

const prefixes: ReadonlyMap<string, string> = new Map<string, string>([
  [namespaces.dav, 'd'],
  [namespaces.caldav, 'c'],
  [namespaces.calendarServer, 'cs'],
  [namespaces.apple, 'a'],
]);

/** The prefix that a namespace has inside every answer; undefined for those that are not well known. */
export function prefixOf(namespace: string): string | undefined {
  return prefixes.get(namespace) ?? (namespace === xmlNamespace ? 'xml' : undefined);
}

/** The attributes that declare d:, c:, cs: and a:, with a leading space. */
export const prefixDeclarations: string = [...prefixes]
  .map(([namespace, prefix]) => ` xmlns:${prefix}="${namespace}"`)
  .join('');
