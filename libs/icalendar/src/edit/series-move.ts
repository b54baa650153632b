import { refuseAs } from '../calendar-fault.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { type CalendarTime, formatDate, formatInstant, formatWall, readPlainTime } from '../calendar-time.js';
import { DAY, dayOfWall } from '../civil-date.js';
import { readRecurrenceRule, type RecurrenceRule } from '../recurrence-rule.js';
import { type AnchoredRule, lastWall, ruleWalls } from '../rule-walls.js';
import { dayIn, type MonthPosition, monthOf, positionLike, positionOf } from './month-position.js';
import { countsDays, laterWeekdays, repositioned } from './moved-rule.js';
import { onClock } from './series-times.js';

/** Where a whole series goes. */
export interface SeriesMove {
  readonly from: CalendarTime;
  /** Where its first instance goes. */
  readonly to: CalendarTime;
  /** Where an instance goes, from the wall of the one clock to that of the other. */
  readonly wallAfter: (wall: number) => number;
  /** Whether the moved series has none in place of an instance, whose month has no such day. */
  readonly leavesOut: (wall: number) => boolean;
  readonly ruleAfter: (rule: string) => string;
}

export interface Asked {
  /** The instance that is moved, by its name; null: the first one. */
  readonly name: CalendarTime | null;
  /** Where the first one goes, if it goes as far. */
  readonly to: CalendarTime;
  /** Whether no override for this and the future says where others of them lie. */
  readonly isWhole: boolean;
  /** The rule that was sent along, if one was: it is put in place of what becomes of the old one. */
  readonly rule: string | null | undefined;
}

/**
 * A move by days moves the rule as well: its weekdays as far; a day of the month to what the day that was chosen is in its
 * month, so that the instance that people moved lies where they put it, and each of the others in its own month. Null where
 * nothing moves.
 */
export function seriesMove(master: CalendarItem, { name, to, isWhole, rule: sent }: Asked): SeriesMove | null {
  const from = anchorOf(master) as CalendarTime;
  if (from.wall === to.wall && from.kind === to.kind && from.zone === to.zone) return null;
  const rules = [...master.rules, ...master.excludedRules];
  const isSameDay = dayOfWall(from.wall) === dayOfWall(to.wall);
  if (isSameDay || sent === null || rules.every(({ rule }) => countsDays(rule))) return asFar(from, to);
  const [rule] = rules.length === master.rules.length && rules.length === 1 ? rules : [];
  const position = rule === undefined ? null : positionOf(rule.rule, from.wall);
  const isOneDay = isWhole && rule !== undefined && position !== null;
  const moved = isOneDay ? monthByMonth({ rule, position, from, to }, { name, sent }) : null;
  if (moved !== null) return moved;
  if (sent !== undefined) return asFar(from, to);
  refuseAs(
    'unmovable-series',
    'Move single occurrences, or change how it is repeated: its days cannot be moved together.',
  );
}

/** Each instance goes as far as the first one. */
function asFar(from: CalendarTime, to: CalendarTime): SeriesMove {
  const days = (dayOfWall(to.wall) - dayOfWall(from.wall)) / DAY;
  const wallAfter = (wall: number): number => wall + to.wall - from.wall;
  const timeOfDay = from.wall - dayOfWall(from.wall);
  /** Days end with the day on which the last time lay. */
  const lastAfter = (wall: number): number => (to.kind === 'date' ? wall - timeOfDay + days * DAY : wallAfter(wall));
  return {
    ...{ from, to, wallAfter, leavesOut: () => false },
    ruleAfter: (rule) => endedAt(laterWeekdays(rule, days, from.wall), { from, to }, lastAfter),
  };
}

interface InMonths {
  readonly rule: AnchoredRule;
  readonly position: MonthPosition;
  readonly from: CalendarTime;
  readonly to: CalendarTime;
}

/** Null where several months that the rule names would have to become others, or the rule that was sent names other days. */
function monthByMonth(
  { rule, position, from, to }: InMonths,
  { name, sent }: { readonly name: CalendarTime | null; readonly sent: string | undefined },
): SeriesMove | null {
  const by = to.wall - from.wall;
  const isOne = (wall: number): boolean => dayIn(position, monthOf(wall)) === dayOfWall(wall);
  const looked = name !== null && isOne(name.wall) ? name.wall : from.wall;
  const day = dayOfWall(dayOfWall(looked) + (from.wall - dayOfWall(from.wall)) + by);
  const months = monthOf(day) - monthOf(looked);
  if (months !== 0 && (rule.rule.parts.byMonth?.length ?? 1) > 1) return null;
  const next = sent === undefined ? positionLike(position, day) : positionSent(sent, rule.rule, day);
  if (next === null) return null;
  const timesBy = by - (day - dayOfWall(looked));
  /** Null of a month that has no such day. */
  const counterpart = (wall: number): number | null => {
    const after = isOne(wall) ? dayIn(next, monthOf(wall) + months) : null;
    return after === null ? null : after + (wall - dayOfWall(wall)) + timesBy;
  };
  const wallAfter = (wall: number): number => counterpart(wall) ?? wall + by;
  const hasPlace = (wall: number): boolean => counterpart(wall) !== null;
  const first = ruleWalls(rule, from.wall, dayOfWall(looked) + DAY).find(hasPlace);
  const goes = { ...to, wall: wallAfter(first ?? looked) };
  const lastAfter = (wall: number): number => wallAfter(lastBy(rule, wall));
  const end = rule.rule.count === null ? null : lastWall(rule);
  const last = end === null ? undefined : ruleWalls(rule, from.wall, end).findLast(hasPlace);
  const ruleAfter = (text: string): string => {
    const ended = endedAt(repositioned(text, next, months), { from, to }, lastAfter);
    return last === undefined ? ended : countedTo(ended, goes, wallAfter(last));
  };
  return { from, to: goes, wallAfter, ruleAfter, leavesOut: (wall) => isOne(wall) && !hasPlace(wall) };
}

function positionSent(sent: string, { frequency }: RecurrenceRule, day: number): MonthPosition | null {
  const rule = readRecurrenceRule(sent, 0);
  return rule.frequency === frequency ? positionOf(rule, day) : null;
}

/** From one 29 February to the next it can be eight years. */
const furthest = 8 * 366 * DAY;

const lastBy = (rule: AnchoredRule, wall: number): number =>
  ruleWalls(rule, Math.max(rule.anchor, wall - furthest * rule.rule.interval), wall).at(-1) ?? wall;

/** The last instance stays the last, however many months before it have no such day, or had none. */
function countedTo(rule: string, { kind, wall }: CalendarTime, last: number): string {
  const endless = { ...readRecurrenceRule(rule, 0), count: null };
  const walls = ruleWalls({ rule: endless, anchor: wall, untilWall: null, isDate: kind === 'date' }, wall, last);
  return rule.replace(/(?<=^|;)COUNT=\d+/i, `COUNT=${walls.length}`);
}

type Ends = Pick<SeriesMove, 'from' | 'to'>;

/** The last instance stays the last: UNTIL is written like the series' own times, in UTC where they have a zone (3.3.10). */
const endedAt = (rule: string, { from, to }: Ends, lastAfter: (wall: number) => number): string =>
  rule.replace(/(?<=^|;)UNTIL=([^;]*)/i, (_, text: string) => {
    const until = readPlainTime(text.toUpperCase(), 'UNTIL', 0);
    const timeOfDay = from.wall - dayOfWall(from.wall);
    const wall = lastAfter(until.kind === 'date' ? until.wall + timeOfDay : onClock(until, from).wall);
    if (to.kind === 'date') return `UNTIL=${formatDate(dayOfWall(wall))}`;
    return `UNTIL=${to.zone === null ? formatWall(wall) : formatInstant(to.zone.toInstant(wall))}`;
  });
