import { anchorOf } from '../calendar-item.js';
import { type CalendarTime, formatDate, formatInstant, formatWall } from '../calendar-time.js';
import type { Component } from '../component-tree.js';
import { type ContentLine, parameterOf } from '../content-line.js';
import type { Instance } from '../instances.js';
import { utc } from '../zone.js';

const repeating: ReadonlySet<string> = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID']);

/** A component for one instance of a series, as the series has it (RFC 8607 3.4), with other ATTACH properties. */
export function newOverride(instance: Instance, attachments: readonly ContentLine[]): Component {
  const { component, start, end } = instance.item;
  const clock = (start ?? end) as CalendarTime;
  const properties = component.properties.flatMap((property): readonly ContentLine[] => {
    const { name } = property;
    if (repeating.has(name) || name === 'ATTACH') return [];
    if (name === 'DTSTART') return [at(property, clock, instance.startWall), recurrenceId(property, instance)];
    if (name !== 'DTEND' && name !== 'DUE') return [property];
    const moved = end === null ? property : at(property, end, endWall(instance, end));
    return start === null ? [moved, recurrenceId(property, instance)] : [moved];
  });
  return { ...component, properties: [...properties, ...attachments] };
}

/** The end on its own clock. */
function endWall({ item: { start }, end, endWall: wall, startWall }: Instance, own: CalendarTime): number {
  if (start === null) return startWall;
  if (own.zone === start.zone || own.zone === null || end === null) return wall;
  return own.zone.toLocal(end);
}

function recurrenceId(like: ContentLine, { item, recurrenceId: id }: Instance): ContentLine {
  const time = id ?? (anchorOf(item) as CalendarTime);
  return rewritten(like, 'RECURRENCE-ID', valueAt(time, time.wall));
}

const at = (property: ContentLine, time: CalendarTime, wall: number): ContentLine =>
  rewritten(property, property.name, valueAt(time, wall));

function valueAt({ kind, zone }: CalendarTime, wall: number): string {
  if (kind === 'date') return formatDate(wall);
  return kind === 'zoned' && zone === utc ? formatInstant(wall) : formatWall(wall);
}

/** With the parameters that say on which clock it is. */
function rewritten(property: ContentLine, name: string, value: string): ContentLine {
  const clock = ['TZID', 'VALUE'].flatMap((parameter) => {
    const given = parameterOf(property, parameter);
    return given === undefined ? [] : [`;${parameter}=${/^[\w/+-]*$/.test(given) ? given : `"${given}"`}`];
  });
  return { ...property, name, value, text: `${name}${clock.join('')}:${value}` };
}
