import { refuse } from './calendar-fault.js';
import { DAY, dayOfWall, daysInMonth, daysOfDate } from './civil-date.js';
import { type ContentLine, parameterOf } from './content-line.js';
import type { Duration } from './duration.js';
import { utc, type Zone } from './zone.js';

/**
 * A DATE or DATE-TIME value (RFC 5545 3.3.4, 3.3.5). `wall` is what the clock on the wall shows, in seconds as if it
 * were UTC; `zone` is null where the observer's zone decides (DATE and floating DATE-TIME).
 */
export interface CalendarTime {
  readonly kind: 'date' | 'floating' | 'zoned';
  readonly wall: number;
  readonly zone: Zone | null;
}

/** Finds the zone that a TZID means in one calendar object; `wall` is the time that asks. */
export type ZoneLookup = (tzid: string, wall: number, line: number) => Zone;

const VALUE = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/;

/** Reads one value of a date property, with the property's TZID and VALUE; refuses dates that do not exist. */
export function readCalendarTime(value: string, property: ContentLine, zones: ZoneLookup): CalendarTime {
  const time = readPlainTime(value, property.name, property.line);
  const type = property.parameters.length === 0 ? undefined : parameterOf(property, 'VALUE')?.toUpperCase();
  const form = type ?? (time.kind === 'date' ? 'DATE' : 'DATE-TIME');
  if ((form === 'DATE') !== (time.kind === 'date') && form !== 'PERIOD') {
    refuse(`Let VALUE=${form} and the value "${value}" of ${property.name} agree.`, property.line);
  }
  if (time.kind !== 'floating' || property.parameters.length === 0) return time;
  const tzid = parameterOf(property, 'TZID');
  if (tzid === undefined || tzid === '') return time;
  return { kind: 'zoned', wall: time.wall, zone: zones(tzid, time.wall, property.line) };
}

/** Reads a DATE or DATE-TIME by its form alone; without a Z it is floating. */
export function readPlainTime(value: string, name: string, line: number): CalendarTime {
  const found = VALUE.exec(value) ?? VALUE.exec(value.trim().toUpperCase());
  if (found === null)
    refuse(`Write ${name} as in 20260131 or 20260131T090000 in place of "${value.slice(0, 40)}".`, line);
  const year = Number(found[1]);
  const month = Number(found[2]);
  const day = Number(found[3]);
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
    refuse(`Give ${name} a day that exists in place of "${value}".`, line);
  }
  const wall = daysOfDate(year, month, day) * DAY;
  if (found[4] === undefined) return { kind: 'date', wall, zone: null };
  const timed = wall + secondsOfDay(found, value, name, line);
  return found[7] === 'Z' ? { kind: 'zoned', wall: timed, zone: utc } : { kind: 'floating', wall: timed, zone: null };
}

/** The instant of a time, UTC seconds; DATE and floating times are read in the observer's zone. */
export function instantOf(time: CalendarTime, observer: Zone): number {
  return (time.zone ?? observer).toInstant(time.wall);
}

/** The same kind of time at another instant of the wall. */
export function atWall(time: CalendarTime, wall: number): CalendarTime {
  return { kind: time.kind, wall, zone: time.zone };
}

/** `time` + `duration` (RFC 5545 3.3.6): days move the wall, hours and less move the instant. */
export function addDuration(time: CalendarTime, duration: Duration): CalendarTime {
  const wall = time.wall + duration.days * DAY;
  if (duration.seconds === 0) return atWall(time, wall);
  return addSeconds(atWall(time, wall), duration.seconds);
}

/** `time` + exact seconds. */
export function addSeconds(time: CalendarTime, seconds: number): CalendarTime {
  if (time.zone === null || time.zone === utc) return atWall(time, time.wall + seconds);
  return atWall(time, time.zone.toLocal(time.zone.toInstant(time.wall) + seconds));
}

/** The DATE of the day on which a time falls. */
export function dateOf(time: CalendarTime): CalendarTime {
  return { kind: 'date', wall: dayOfWall(time.wall), zone: null };
}

/** Writes wall seconds as `YYYYMMDDTHHMMSS`. */
export function formatWall(wall: number): string {
  const iso = new Date(wall * 1000).toISOString();
  return `${formatDay(iso)}T${iso.slice(-13, -11)}${iso.slice(-10, -8)}${iso.slice(-7, -5)}`;
}

/** Writes the day of wall seconds as `YYYYMMDD`. */
export function formatDate(wall: number): string {
  return formatDay(new Date(wall * 1000).toISOString());
}

/** Writes an instant as `YYYYMMDDTHHMMSSZ`. */
export function formatInstant(instant: number): string {
  return `${formatWall(instant)}Z`;
}

function formatDay(iso: string): string {
  return iso.slice(0, iso.indexOf('T')).replaceAll('-', '');
}

function secondsOfDay(found: RegExpExecArray, value: string, name: string, line: number): number {
  const hour = Number(found[4]);
  const minute = Number(found[5]);
  const second = Number(found[6]);
  if (hour > 23 || minute > 59 || second > 60) refuse(`Give ${name} a time that exists in place of "${value}".`, line);
  // A leap second counts as the second before it: Temporal and POSIX time have none.
  return hour * 3600 + minute * 60 + Math.min(second, 59);
}
