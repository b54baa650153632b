import type { RecurrenceRule } from '../recurrence-rule.js';
import { type MonthPosition, numberOfMonth, WEEKDAYS, weekdayOf } from './month-position.js';

const OF_DAYS: ReadonlySet<string> = new Set(['byDay', 'bySetPos', 'byHour', 'byMinute', 'bySecond']);

/** True for rules of days and weeks, which give the same instances some days later once their weekdays are that much later. */
export const countsDays = ({ frequency, parts }: RecurrenceRule): boolean =>
  frequency !== 'MONTHLY' && frequency !== 'YEARLY' && Object.keys(parts).every((name) => OF_DAYS.has(name));

/**
 * Such a rule some days later. Of every second week and the like, the weeks begin as much later, so that no day comes into
 * another one.
 * @param anchor wall seconds of the first instance before
 */
export function laterWeekdays(rule: string, days: number, anchor: number): string {
  const listed = /BYDAY=([A-Z,]+)/i.exec(rule)?.[1]?.toUpperCase().split(',') ?? [];
  const named = rule.replace(/BYDAY=[A-Z,]+/i, `BYDAY=${listed.map((day) => later(day, days)).join(',')}`);
  const goesByWeeks = /FREQ=WEEKLY/i.test(rule) && /(INTERVAL|BYSETPOS)=/i.test(rule);
  if (!goesByWeeks || listed.every((day) => day === weekdayOf(anchor))) return named;
  const weekStart = /WKST=([A-Z]+)/i.exec(rule)?.[1] ?? 'MO';
  return `${named.replace(/;?WKST=[A-Z]+/i, '')};WKST=${later(weekStart, days)}`;
}

const later = (day: string, days: number): string =>
  WEEKDAYS[(((WEEKDAYS.indexOf(day.toUpperCase()) + days) % 7) + 7) % 7] ?? day;

/** A rule that names one day of a month, with another one, in months so much later. What DTSTART says stays unsaid. */
export function repositioned(rule: string, { number, weekday }: MonthPosition, months: number): string {
  const isPlace = /(^|;)BYSETPOS=/i.test(rule);
  const changes: Readonly<Record<string, (before: string) => string | number>> = {
    BYMONTHDAY: () => number,
    BYDAY: () => `${isPlace ? '' : number}${weekday}`,
    BYSETPOS: () => number,
    BYMONTH: (before) => (months === 0 ? before : numberOfMonth(Number(before) - 1 + months)),
  };
  return Object.entries(changes).reduce(
    (text, [name, change]) =>
      text.replace(new RegExp(`(?<=^|;)${name}=([^;]*)`, 'i'), (_, before: string) => `${name}=${change(before)}`),
    rule,
  );
}
