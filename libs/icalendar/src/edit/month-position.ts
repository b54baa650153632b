import { DAY, dayOfWall, daysInMonth, daysOfDate } from '../civil-date.js';
import type { RecurrenceRule } from '../recurrence-rule.js';

/** The one day that a rule names in each of its months: the 15th, or the second Tuesday. */
export interface MonthPosition {
  /** Counted from the end of the month where it is negative. */
  readonly number: number;
  /** `TU` of the second Tuesday; null for a day of the month. */
  readonly weekday: string | null;
}

export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
/** 1970-01-01 was a Thursday. */
const weekdayAt = (day: number): number => (((day / DAY + 3) % 7) + 7) % 7;
export const weekdayOf = (wall: number): string => WEEKDAYS[weekdayAt(dayOfWall(wall))] as string;

/** Months since the year 0. */
export function monthOf(wall: number): number {
  const date = new Date(wall * 1000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
}

export const numberOfMonth = (month: number): number => (((month % 12) + 12) % 12) + 1;

/** Null for a rule that names several days of a month or none, or not that of `wall`, with which its series begins. */
export function positionOf({ frequency, parts, skip }: RecurrenceRule, wall: number): MonthPosition | null {
  const { byDay, byMonthDay, byMonth, bySetPos } = parts;
  const isYearly = frequency === 'YEARLY';
  if (skip !== null || (frequency !== 'MONTHLY' && !isYearly)) return null;
  // RFC 5545 3.3.10: beside no BYMONTH these count in the year, or name a day in each of its months.
  if (isYearly && byMonth === undefined && (byDay ?? byMonthDay) !== undefined) return null;
  if (isYearly && bySetPos !== undefined && byMonth?.length !== 1) return null;
  const position = namedDay(parts, wall);
  if (position === null || byMonth?.includes(numberOfMonth(monthOf(wall))) === false) return null;
  return dayIn(position, monthOf(wall)) === dayOfWall(wall) ? position : null;
}

function namedDay({ byMonth: _months, ...parts }: RecurrenceRule['parts'], wall: number): MonthPosition | null {
  const { byDay, byMonthDay, bySetPos } = parts;
  const single = <Value>(list: readonly Value[] = []): Value | null => (list.length === 1 ? (list[0] as Value) : null);
  const names = Object.keys(parts).toSorted().join();
  if (names === '') return { number: new Date(wall * 1000).getUTCDate(), weekday: null };
  const [, ordinal, weekday = null] = /^(-?\d+)?([A-Z]{2})$/.exec(single(byDay) ?? '') ?? [];
  const isCounted = names === 'byDay' && ordinal !== undefined;
  if (isCounted) return { number: Number(ordinal), weekday };
  const day = names === 'byMonthDay' ? single(byMonthDay) : null;
  if (day !== null) return { number: day, weekday: null };
  const place = names === 'byDay,bySetPos' && ordinal === undefined && weekday !== null ? single(bySetPos) : null;
  return place === null ? null : { number: place, weekday };
}

/** The day of a month that has the position; null where it has none. */
export function dayIn({ number, weekday }: MonthPosition, month: number): number | null {
  const [first, length] = [firstOf(month), lengthOf(month)];
  const step = weekday === null ? 1 : 7;
  const edge = number > 0 ? first : first + (length - 1) * DAY;
  const away = weekday === null ? 0 : WEEKDAYS.indexOf(weekday) - weekdayAt(edge);
  const near = number > 0 ? (away + 7) % 7 : -((7 - away) % 7);
  const day = edge + (near + (number - Math.sign(number)) * step) * DAY;
  return monthOf(day) === month ? day : null;
}

const firstOf = (month: number): number => daysOfDate(Math.floor(month / 12), numberOfMonth(month), 1) * DAY;
const lengthOf = (month: number): number => daysInMonth(Math.floor(month / 12), numberOfMonth(month));

/**
 * The position of another day, said as that one is: what was counted from the end stays so in the same week of it. A fifth
 * weekday is called the last one, which every month has.
 */
export function positionLike({ number, weekday }: MonthPosition, day: number): MonthPosition {
  const month = monthOf(day);
  const fromStart = (day - firstOf(month)) / DAY + 1;
  const fromEnd = lengthOf(month) - fromStart + 1;
  const week = (days: number): number => Math.ceil(days / 7);
  if (weekday === null) {
    const isFromEnd = number < 0 && week(fromEnd) <= week(-number);
    return { number: isFromEnd ? -fromEnd : fromStart, weekday };
  }
  const isFromEnd = number < 0 ? week(fromEnd) <= -number : number < 5 && week(fromStart) === 5;
  return { number: isFromEnd ? -week(fromEnd) : week(fromStart), weekday: weekdayOf(day) };
}
