import type { Time } from '../api/types.js';

/** Times on the walls of time zones, `2026-01-31T09:00:00`, and the instants that they are. */

const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether a zone is one of the IANA list; objects of other programs may bring their own. */
export function isZone(zone: string): boolean {
  try {
    return formatIn(zone) !== undefined;
  } catch {
    return false;
  }
}

function formatIn(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-GB', {
    ...{ ...fields, second: '2-digit', hourCycle: 'h23', calendar: 'iso8601', timeZone: zone },
  });
  formats.set(zone, made);
  return made;
}

/** @param instant milliseconds since 1970 UTC */
export function wallOf(instant: number, zone: string): string {
  const parts = new Map(
    formatIn(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const of = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? '';
  return `${of('year').padStart(4, '0')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}:${of('second')}`;
}

/** Milliseconds since 1970 UTC; of a time that a zone skips, the one that it would be by the offset before. */
export function instantOf(local: string, zone: string): number {
  const wall = Date.parse(`${local}Z`);
  const offsetAt = (instant: number): number => Date.parse(`${wallOf(instant, zone)}Z`) - instant;
  const first = wall - offsetAt(wall);
  const second = wall - offsetAt(first);
  const isWall = (instant: number) => instant + offsetAt(instant) === wall;
  if (isWall(first)) return first;
  return isWall(second) ? second : wall - offsetAt(wall - 86_400_000);
}

/** The same instant on the wall of another zone; of a zone that nobody knows, the time as it is. */
export const onWall = (local: string, from: string, to: string): string =>
  from === to || !isZone(from) || !isZone(to) ? local : wallOf(instantOf(local, from), to);

/** A time as it is read from a zone: on the wall there; a day and a floating time as they are. */
export const readFrom = (zone: string, { local, zone: own }: Time): string =>
  local.length === 10 || own === null ? local : onWall(local, own, zone);
