import type { CalendarItem } from '../calendar-item.js';
import type { CalendarObject } from '../calendar-object.js';
import type { Zone } from '../zone.js';
import { nearestInstance } from './nearest-instance.js';
import { hasWords, type SearchedWords } from './searched-words.js';
import { showInstance, type ShownInstance } from './shown-instances.js';

export interface FoundObject {
  /** The series' own component, or the first override, that has the words. */
  readonly item: CalendarItem;
  /** The next instance that it describes, or the last; null for what has no time, or none near. */
  readonly shown: ShownInstance | null;
}

/**
 * What of an object has all words in one of its components; null where none has.
 * @param now UTC seconds
 */
export function searchObject(
  object: CalendarObject,
  words: SearchedWords,
  { now, observer }: { readonly now: number; readonly observer: Zone },
): FoundObject | null {
  const { master, overrides } = object.series;
  const all = master === null ? overrides : [master, ...overrides];
  const items = all.filter(({ component }) => hasWords(component, words));
  const [item] = items;
  if (item === undefined) return null;
  const nearest = nearestInstance(object, { items: new Set(items), now, observer });
  const isTimed = nearest !== null && (nearest.start !== null || nearest.end !== null);
  return { item: nearest?.item ?? item, shown: isTimed ? showInstance(object, nearest, observer) : null };
}
