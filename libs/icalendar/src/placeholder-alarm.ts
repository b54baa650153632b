import { isCalendarFault } from './calendar-fault.js';
import { type CalendarTree, keepComponents, readCalendarTree, rewriteParts } from './calendar-tree.js';
import { type Component, propertyOf } from './component-tree.js';
import { newProperty } from './new-property.js';
import { recurrenceKey } from './recurrence-key.js';
import { stableUuid } from './stable-uuid.js';
import { writeComponent } from './write-component.js';

/** The instant that Apple's clients give a reminder that never goes off. */
const NEVER = '19760401T005545Z';

/**
 * Row R7: an appointment without a VALARM gets the one that tells Apple's clients "no reminder, also not your default".
 * The very same text where each has one.
 */
export function withPlaceholderAlarm(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) return text;
  const root = rewriteParts(tree.root, (part) => {
    if (part.name !== 'VEVENT' || part.components.some(({ name }) => name === 'VALARM')) return part;
    return { ...part, components: [...part.components, placeholderFor(part, tree)] };
  });
  return root === tree.root ? text : writeComponent(root);
}

/** Takes the placeholder out again; the very same text where there is none. */
export function withoutPlaceholderAlarm(text: string): string {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) return text;
  const root = rewriteParts(tree.root, (part) => keepComponents(part, (inner) => !isPlaceholderAlarm(inner)));
  return root === tree.root ? text : writeComponent(root);
}

/** The trigger alone does not tell: reminders that a place sets off bear it as well (RFC 9074 8). */
export function isPlaceholderAlarm(component: Component): boolean {
  if (component.name !== 'VALARM' || valueOf(component, 'TRIGGER') !== NEVER) return false;
  return (
    valueOf(component, 'ACTION') === 'NONE' ||
    valueOf(component, 'X-APPLE-DEFAULT-ALARM') === 'TRUE' ||
    valueOf(component, 'X-APPLE-LOCAL-DEFAULT-ALARM') === 'TRUE'
  );
}

function valueOf(component: Component, name: string): string | undefined {
  return propertyOf(component, name)?.value.trim().toUpperCase();
}

function placeholderFor(part: Component, tree: CalendarTree): Component {
  const uid = propertyOf(part, 'UID')?.value ?? '';
  const id = stableUuid(`${uid} ${recurrenceKey(part, tree) ?? ''} placeholder`);
  const trigger = newProperty('TRIGGER', NEVER);
  return {
    name: 'VALARM',
    line: 0,
    properties: [
      newProperty('UID', id),
      newProperty('X-WR-ALARMUID', id),
      newProperty('ACTION', 'NONE'),
      { ...trigger, text: `TRIGGER;VALUE=DATE-TIME:${NEVER}` },
      newProperty('X-APPLE-DEFAULT-ALARM', 'TRUE'),
    ],
    components: [],
  };
}
