import type { CalendarItem } from '../calendar-item.js';
import type { CalendarTime } from '../calendar-time.js';
import { putProperty } from '../calendar-tree.js';
import { type Component, propertyOf } from '../component-tree.js';
import { type ChangedTimes, without } from './change-component.js';
import { writeTime } from './edited-time.js';

/** The component with other times; one that is undefined stays as it is written. @param before the times that it has */
export function withTimes(part: Component, before: CalendarItem, { start, end }: ChangedTimes): Component {
  const last = part.name === 'VTODO' ? 'DUE' : 'DTEND';
  const timed = withTime(withTime(part, 'DTSTART', [before.start, start]), last, [before.end, end]);
  return end === undefined ? timed : without(timed, 'DURATION');
}

type Times = readonly [before: CalendarTime | null, time: CalendarTime | null | undefined];

/** In a zone that it had before, by the name that the object has for that. */
function withTime(part: Component, name: string, [before, time]: Times): Component {
  if (time === undefined) return part;
  const like = time !== null && before?.zone?.id === time.zone?.id ? propertyOf(part, name) : undefined;
  return time === null ? without(part, name) : putProperty(part, writeTime(name, time, like));
}
