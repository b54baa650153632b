import { isCalendarFault } from './calendar-fault.js';
import { alarmComponents, keepComponents, keepProperties, readCalendarTree, rewriteParts } from './calendar-tree.js';
import type { Component } from './component-tree.js';
import type { ContentLine } from './content-line.js';
import { isMozillaMark } from './mozilla-marks.js';
import { recurrenceKey } from './recurrence-key.js';
import { foldLine, writeComponent } from './write-component.js';

/** What one user has set on one component of an object (row R6); plain JSON. */
export interface ComponentAlarms {
  /** The override's `recurrenceKey`; null is the master or the single component. */
  readonly recurrenceId: string | null;
  /** The VALARMs, as text. */
  readonly blocks: string;
  /** Dismissals and snoozes that stand beside them, as text. */
  readonly properties: string;
}

/** A user's reminders on one object; components without any are left out. */
export type UserAlarms = readonly ComponentAlarms[];

export interface SplitAlarms {
  readonly content: string;
  readonly alarms: UserAlarms;
}

/** Parts calendar data into what all see and what is the user's own; the very same text where nothing is. */
export function splitAlarms(text: string): SplitAlarms {
  const tree = readCalendarTree(text);
  if (isCalendarFault(tree)) return { content: text, alarms: [] };
  const alarms: ComponentAlarms[] = [];
  const root = rewriteParts(tree.root, (part) => {
    const content = withoutAlarms(part);
    if (content !== part) alarms.push({ recurrenceId: recurrenceKey(part, tree), ...alarmsTextOf(part) });
    return content;
  });
  return root === tree.root ? { content: text, alarms } : { content: writeComponent(root), alarms };
}

/** Puts a user's own beside what all see. Reminders of an instance that has no component of its own are not shown. */
export function withAlarms(content: string, alarms: UserAlarms | null): string {
  const tree = alarms === null || alarms.length === 0 ? null : readCalendarTree(content);
  if (alarms === null || tree === null || isCalendarFault(tree)) return content;
  const byKey = new Map(alarms.map((each) => [each.recurrenceId, each]));
  const root = rewriteParts(tree.root, (part) => {
    const own = byKey.get(recurrenceKey(part, tree));
    return own === undefined ? part : joined(part, own);
  });
  return root === tree.root ? content : writeComponent(root);
}

/** True for a property of an event or task that is one user's own, not all readers'. */
export function isOwnProperty(property: ContentLine): boolean {
  return isMozillaMark(property) || DEFAULT_ALARM_FLAGS.has(property.name);
}

/** Apple's: whether the reminders came from the settings of the account. */
const DEFAULT_ALARM_FLAGS: ReadonlySet<string> = new Set(['X-APPLE-DEFAULT-ALARM', 'X-APPLE-LOCAL-DEFAULT-ALARM']);

function withoutAlarms(part: Component): Component {
  return keepProperties(
    keepComponents(part, ({ name }) => name !== 'VALARM'),
    (property) => !isOwnProperty(property),
  );
}

function alarmsTextOf(part: Component): Pick<ComponentAlarms, 'blocks' | 'properties'> {
  const properties = part.properties.filter(isOwnProperty).map(({ text }) => foldLine(text));
  return { blocks: alarmComponents(part).map(writeComponent).join(''), properties: properties.join('') };
}

function joined(part: Component, { blocks, properties }: ComponentAlarms): Component {
  const own = readCalendarTree(`BEGIN:VCALENDAR\r\n${properties}${blocks}END:VCALENDAR\r\n`);
  if (isCalendarFault(own)) return part;
  return {
    ...part,
    properties: [...part.properties, ...own.root.properties],
    components: [...part.components, ...own.root.components],
  };
}
