import type { CalendarItem } from '../calendar-item.js';
import { atWall, type CalendarTime, dateOf } from '../calendar-time.js';
import { dayOfWall } from '../civil-date.js';
import type { ReadChanges } from './change-component.js';
import type { FoundInstance } from './find-instance.js';
import { type ItemTimes, timesOf } from './item-times.js';
import { onClock } from './series-times.js';

/**
 * A task is due at its start or later, and both are days or both are times (RFC 5545 3.8.2.3): a start that would not fit to when
 * it is due now becomes of the same kind, and goes along as far where it would lie after that. It may be what a series is known
 * by, and must not be lost.
 */
export function withStartOfTask(changes: ReadChanges, { start, end: before }: ItemTimes): ReadChanges {
  const { end: due } = changes;
  if (changes.start !== undefined || due === undefined || due === null || start === null) return changes;
  const alike = ofKind(start, due);
  const wallOf = (time: CalendarTime): number => onClock(ofKind(time, due), alike).wall;
  const latest = wallOf(due);
  if (alike.wall <= latest) return alike === start ? changes : { ...changes, start: alike };
  const gone = alike.wall + latest - wallOf(before ?? start);
  return { ...changes, start: atWall(alike, Math.min(gone, latest)) };
}

/** Its day, or the time of day of another one on it. */
function ofKind(time: CalendarTime, like: CalendarTime): CalendarTime {
  if (time.kind === like.kind) return time;
  if (like.kind === 'date') return dateOf(time);
  return atWall(like, time.wall + (time.kind === 'date' ? like.wall - dayOfWall(like.wall) : 0));
}

/** The times of what people looked at: an occurrence, else the whole. Without a start where the series has none. */
export function timesSeen(found: FoundInstance | null, master: CalendarItem | null): ItemTimes {
  if (found === null) return master === null ? { start: null, end: null } : timesOf(master);
  const { item, instance, seen } = found;
  if (item !== null) {
    const { start, end } = timesOf(item);
    return { start: master === null ? start : master.start && seen, end };
  }
  if (seen === null || instance === null || instance.item.start === null) return { start: null, end: seen };
  return { start: seen, end: instance.end === null ? null : atWall(seen, instance.endWall) };
}
