import type { ProfileSettings, ReminderMemory, RuleChange } from '@almanac/contracts';
import type { CalendarObjectFacts } from '@almanac/icalendar';

/** Calendar data with what is known of it. */
export interface ObjectContent {
  readonly text: string;
  readonly facts: CalendarObjectFacts;
  /** Octets of `text` in UTF-8. */
  readonly size: number;
}

/** What a profile keeps of calendar data, what it altered, and what it wants to know at the next PUT. */
export interface ShapedContent extends ObjectContent {
  readonly changes: readonly RuleChange[];
  readonly memory: ReminderMemory | null;
}

/** Turns what a client sent into what the collection's profile keeps; the very same text when nothing is altered. */
export type ShapeObject = (
  settings: ProfileSettings,
  sent: ObjectContent,
  memory: ReminderMemory | null,
) => ShapedContent;
