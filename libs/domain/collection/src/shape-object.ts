import type { CalendarObjectFacts } from '@almanac/icalendar';
import type { Profile } from '@almanac/contracts';

/** Calendar data with what is known of it. */
export interface ObjectContent {
  readonly text: string;
  readonly facts: CalendarObjectFacts;
  /** Octets of `text` in UTF-8. */
  readonly size: number;
}

/** Turns what a client sent into what the collection's profile keeps; the same object when nothing is altered. */
export type ShapeObject = (profile: Profile, sent: ObjectContent) => ObjectContent;
