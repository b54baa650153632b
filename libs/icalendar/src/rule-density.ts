import { refuseAs } from './calendar-fault.js';
import type { CalendarTime } from './calendar-time.js';
import { DAY } from './civil-date.js';
import { isPlainRule } from './plain-rule-walls.js';
import type { RecurrenceRule } from './recurrence-rule.js';

/** A rule without a near end may give so many instances a day: one each quarter of an hour. */
const MAX_PER_DAY = 96;
/** A denser rule may give so many in all. */
const MAX_OF_DENSE_RULE = 20_000;
/** A COUNT that arithmetic cannot answer is counted out on every read. */
const MAX_COUNT = 10_000;

/** Refuses with `max-instances` (RFC 4791 5.2.8) a rule that gives more instances than can be kept or counted. */
export function checkDensity(rule: RecurrenceRule, anchor: CalendarTime | null, line: number): void {
  if (rule.count !== null && rule.count > MAX_COUNT && !isPlainRule(rule)) {
    refuseAs('max-instances', `Use a COUNT of at most ${MAX_COUNT}, or none.`, line);
  }
  const perDay = instancesPerDay(rule);
  if (perDay <= MAX_PER_DAY) return;
  const days = rule.until === null || anchor === null ? Infinity : (rule.until.wall - anchor.wall) / DAY + 2;
  if (Math.min(rule.count ?? Infinity, perDay * days) <= MAX_OF_DENSE_RULE) return;
  refuseAs('max-instances', `Let the rule repeat at most ${MAX_PER_DAY} times a day, or end it earlier.`, line);
}

/** The most instances that a rule can give on one day. */
export function instancesPerDay({ frequency, interval, parts }: RecurrenceRule): number {
  const hours = parts.byHour?.length;
  const minutes = parts.byMinute?.length;
  const seconds = parts.bySecond?.length;
  const inHours = (hours ?? 24) / 24;
  const inMinutes = (minutes ?? 60) / 60;
  if (frequency === 'SECONDLY') return (DAY / interval) * inHours * inMinutes * ((seconds ?? 60) / 60);
  if (frequency === 'MINUTELY') return (1440 / interval) * inHours * inMinutes * (seconds ?? 1);
  if (frequency === 'HOURLY') return (24 / interval) * inHours * (minutes ?? 1) * (seconds ?? 1);
  return (hours ?? 1) * (minutes ?? 1) * (seconds ?? 1);
}
