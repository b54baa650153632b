import { type CalendarTree, type Component, objectParts, recurrenceIdentity } from '@almanac/icalendar';

/** The override of the instance that Thunderbird's microseconds tell, here in seconds. */
export function overrideAt(occurrence: number, tree: CalendarTree): Component | undefined {
  return objectParts(tree.root).find((part) => recurrenceIdentity(part, tree) === occurrence);
}
