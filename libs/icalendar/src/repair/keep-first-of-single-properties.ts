import { keepProperties, rewriteAlarms, rewriteParts } from '../calendar-tree.js';
import { singleProperties } from '../check-component.js';
import type { Component } from '../component-tree.js';
import type { TreeRepair } from './repair.js';

/** Of these the second must say the same: who knows which one is meant? */
const CRITICAL: ReadonlySet<string> = new Set([
  ...['UID', 'DTSTART', 'DTEND', 'DUE', 'DURATION', 'RECURRENCE-ID', 'TRIGGER', 'CLASS', 'STATUS'],
]);

/** RFC 5545 3.6: programs that merge or append write a property twice. */
export const keepFirstOfSingleProperties: TreeRepair = {
  said: 'Properties that may stand once only were kept once.',
  mend: ({ root }) => rewriteParts(root, (part) => rewriteAlarms(withoutSeconds(part), withoutSeconds)),
};

function withoutSeconds(component: Component): Component {
  const seen = new Map<string, string>();
  return keepProperties(component, ({ name, text }) => {
    if (!singleProperties.has(name)) return true;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, text);
    return first === undefined || (CRITICAL.has(name) && first !== text);
  });
}
