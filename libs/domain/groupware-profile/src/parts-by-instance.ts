import { type CalendarTree, type Component, objectParts, recurrenceIdentity } from '@almanac/icalendar';

/** The components by the instance that they replace, which Thunderbird's microseconds tell; null is the master. */
export function partsByInstance(tree: CalendarTree): ReadonlyMap<number | null, Component> {
  return new Map(objectParts(tree.root).map((part) => [recurrenceIdentity(part, tree), part]));
}
