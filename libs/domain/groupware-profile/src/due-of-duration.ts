import {
  addDuration,
  type CalendarTime,
  type Component,
  formatDate,
  formatInstant,
  formatWall,
  parameterOf,
  propertyOf,
  readCalendarItem,
  withValue,
  type ZoneLookup,
} from '@almanac/icalendar';

/** A VTODO with DUE in place of DTSTART and DURATION (RFC 5545 3.6.2); the very same one where it has none. */
export function dueOfDuration(task: Component, zones: ZoneLookup): Component {
  const start = propertyOf(task, 'DTSTART');
  const { start: from, duration } = readCalendarItem(task, zones);
  if (start === undefined || from === null || duration === null) return task;
  const value = formatLike(addDuration(from, duration), parameterOf(start, 'TZID') !== undefined);
  const timed = withValue(start, value);
  const due = { ...timed, name: 'DUE', text: `DUE${timed.text.slice('DTSTART'.length)}` };
  const properties = task.properties.map((property) => (property.name === 'DURATION' ? due : property));
  return { ...task, properties };
}

function formatLike({ kind, wall }: CalendarTime, namesZone: boolean): string {
  if (kind === 'date') return formatDate(wall);
  return kind === 'floating' || namesZone ? formatWall(wall) : formatInstant(wall);
}
