import { type CalendarTime, formatDate, formatInstant, formatWall } from './calendar-time.js';
import type { ContentLine } from './content-line.js';

/** A property that this library writes itself; the value is written as it is. */
export function newProperty(name: string, value: string): ContentLine {
  return { name, parameters: [], value, text: `${name}:${value}`, line: 0 };
}

/** A date property: DATE and floating times as on the wall, all others in UTC. `instant` is read for the latter. */
export function newTimeProperty(name: string, kind: CalendarTime['kind'], wall: number, instant: number): ContentLine {
  if (kind === 'zoned') return newProperty(name, formatInstant(instant));
  if (kind === 'floating') return newProperty(name, formatWall(wall));
  const value = formatDate(wall);
  return { ...newProperty(name, value), text: `${name};VALUE=DATE:${value}` };
}
