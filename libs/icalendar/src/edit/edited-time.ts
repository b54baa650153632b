import type { CalendarTime } from '../calendar-time.js';
import { formatDate, formatInstant, formatWall, readPlainTime } from '../calendar-time.js';
import { refuse } from '../calendar-fault.js';
import { type CalendarTree, timezonesIn } from '../calendar-tree.js';
import type { ContentLine } from '../content-line.js';
import { utc, zoneById } from '../zone.js';

/** A time as people set it: `2026-01-31`, or `2026-01-31T09:00:00` on the wall of a zone; null is a floating time. */
export interface EditedTime {
  readonly local: string;
  readonly zone: string | null;
}

/** Wall seconds as `2026-01-31T09:00:00`, or the day alone. */
export function writeLocal(wall: number, isDate: boolean): string {
  return new Date(wall * 1000).toISOString().slice(0, isDate ? 10 : 19);
}

export const editedTime = ({ kind, wall, zone }: CalendarTime): EditedTime => ({
  local: writeLocal(wall, kind === 'date'),
  zone: zone?.id ?? null,
});

/** Refuses a time or a zone that does not exist. @param root of the object that it is for, which may bring zones of its own */
export function readEdited({ local, zone: id }: EditedTime, { root, zones }: CalendarTree): CalendarTime {
  const plain = readPlainTime(local.replaceAll('-', '').replaceAll(':', ''), 'the time', 0);
  if (plain.kind === 'date') return plain;
  if (id === null) return { kind: 'floating', wall: plain.wall, zone: null };
  const zone = timezonesIn(root).has(id) ? zones(id, plain.wall, 0) : zoneById(id);
  if (zone === null) refuse(`Use a time zone of the IANA list in place of ${id.slice(0, 80)}.`);
  return { kind: 'zoned', wall: plain.wall, zone };
}

/** A date property with the parameters that its time needs. @param like a property with a TZID for the same zone */
export function writeTime(name: string, { kind, wall, zone }: CalendarTime, like?: ContentLine): ContentLine {
  if (kind === 'date') return property(name, [['VALUE', 'DATE']], formatDate(wall));
  if (kind === 'floating' || zone === null) return property(name, [], formatWall(wall));
  if (zone === utc) return property(name, [], formatInstant(wall));
  const tzid = like?.parameters.find((parameter) => parameter.name === 'TZID')?.values[0] ?? zone.id;
  return property(name, [['TZID', tzid]], formatWall(wall));
}

function property(name: string, parameters: readonly (readonly [string, string])[], value: string): ContentLine {
  const written = parameters.map(([key, text]) => `;${key}=${/^[\w/+-]*$/.test(text) ? text : `"${text}"`}`).join('');
  return {
    ...{ name, value, line: 0, text: `${name}${written}:${value}` },
    parameters: parameters.map(([key, text]) => ({ name: key, values: [text] })),
  };
}
