import type { CalendarItem } from '../calendar-item.js';
import { addDuration, type CalendarTime } from '../calendar-time.js';

export interface ItemTimes {
  readonly start: CalendarTime | null;
  readonly end: CalendarTime | null;
}

/** When an item begins, and when it ends or is due, as it is written or by its DURATION. */
export function timesOf({ start, end, duration }: CalendarItem): ItemTimes {
  return { start, end: end ?? (start === null || duration === null ? null : addDuration(start, duration)) };
}
