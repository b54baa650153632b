import { RRuleTemporal } from 'rrule-temporal';
import { dayFilter, isPlainRule, plainRuleWalls } from './plain-rule-walls.js';
import type { Frequency, RecurrenceRule, RuleParts } from './recurrence-rule.js';

/** A rule bound to its first wall time (seconds as if UTC). `untilWall` is the last wall time that still counts. */
export interface AnchoredRule {
  readonly rule: RecurrenceRule;
  readonly anchor: number;
  readonly untilWall: number | null;
  /** BYHOUR, BYMINUTE and BYSECOND mean nothing for a DATE (RFC 5545 3.3.10). */
  readonly isDate: boolean;
}

/** A stretch of wall time, both ends included, and how many wall times are wanted at most. */
export interface WallWindow {
  readonly from: number;
  readonly to: number;
  readonly limit: number;
}

/** Periods and candidates that one question may cost; what lies behind them is not found. */
const MAX_STEPS = 100_000;
/** The longest list of wall times that one question gives; a denser window is cut at its end. */
export const MAX_INSTANCES = 100_000;
/** 9999-12-31T23:59:59 (RFC 5545 knows four digits of a year) and 0001-01-01T00:00:00. */
const LAST_WALL = 253_402_300_799;
const FIRST_WALL = -62_135_596_800;

/**
 * The wall times from `from` to `to` (both included) that a rule gives, sorted. The anchor always counts, as the first
 * of COUNT (RFC 5545 3.8.5.3), also where the rule would not give it.
 */
export function ruleWalls(anchored: AnchoredRule, from: number, to: number): readonly number[] {
  const { anchor, untilWall, rule } = anchored;
  const last = Math.min(to, LAST_WALL, untilWall ?? LAST_WALL);
  const first = Math.max(from, anchor, FIRST_WALL);
  if (first > last) return anchor >= from && anchor <= to ? [anchor] : [];
  const walls =
    rule.count === null
      ? windowWalls(anchored, { from: first, to: last, limit: MAX_INSTANCES })
      : clip(countedWalls(anchored, rule.count), first, last);
  return from <= anchor && walls[0] !== anchor ? [anchor, ...walls] : walls;
}

/** The last wall time of a rule, or null where it has no end or the end is too far to be counted. */
export function lastWall(anchored: AnchoredRule): number | null {
  if (anchored.untilWall !== null) return Math.max(anchored.anchor, anchored.untilWall);
  if (anchored.rule.count === null || anchored.rule.count > MAX_INSTANCES) return null;
  const walls = countedWalls(anchored, anchored.rule.count);
  return walls[walls.length - 1] ?? anchored.anchor;
}

const counted = new WeakMap<AnchoredRule, readonly number[]>();

/** COUNT needs counting from the anchor on, so the list is made once for a rule. */
function countedWalls(anchored: AnchoredRule, count: number): readonly number[] {
  const remembered = counted.get(anchored);
  if (remembered !== undefined) return remembered;
  const walls = countWalls(anchored, Math.min(count, MAX_INSTANCES));
  counted.set(anchored, walls);
  return walls;
}

function countWalls(anchored: AnchoredRule, count: number): readonly number[] {
  return [anchored.anchor, ...windowWalls(anchored, { from: anchored.anchor + 1, to: LAST_WALL, limit: count - 1 })];
}

function windowWalls(anchored: AnchoredRule, window: WallWindow): readonly number[] {
  return isPlainRule(anchored.rule) ? plainRuleWalls(anchored, window) : stridedWalls(anchored, window);
}

/** The length of a period, in seconds; a month and a year at their longest. */
const PERIOD: Readonly<Record<Frequency, number>> = {
  SECONDLY: 1,
  MINUTELY: 60,
  HOURLY: 3600,
  DAILY: 86_400,
  WEEKLY: 7 * 86_400,
  MONTHLY: 31 * 86_400,
  YEARLY: 366 * 86_400,
};
/** So many periods are asked for at once, fewer where fewer instances are wanted. */
const PERIODS_AT_ONCE = 2_000;
/** So many stretches may a question cost; they grow fourfold while they give little, so 60 reach the year 9999. */
const MAX_STRIDES = 300;

/** Asks stretch by stretch: a dense rule then costs what it gives, a sparse one few questions. */
function stridedWalls(anchored: AnchoredRule, { from, to, limit }: WallWindow): readonly number[] {
  const walls: number[] = [];
  let stride = PERIOD[anchored.rule.frequency] * anchored.rule.interval * Math.min(limit + 1, PERIODS_AT_ONCE);
  let at = from;
  for (let strides = 0; at <= to && walls.length < limit && strides < MAX_STRIDES; strides++) {
    const end = Math.min(at + stride, to);
    const found = generalWalls(anchored, at, end);
    for (const wall of found) if (walls.length < limit) walls.push(wall);
    at = end + 1;
    if (found.length < Math.min(1000, limit / 4)) stride *= 4;
  }
  return walls;
}

const rules = new WeakMap<AnchoredRule, RRuleTemporal>();

function generalWalls(anchored: AnchoredRule, from: number, to: number): readonly number[] {
  let rule = rules.get(anchored);
  if (rule === undefined) rules.set(anchored, (rule = generalRule(anchored)));
  try {
    const walls = rule
      .between(new Date(from * 1000), new Date(to * 1000), true)
      .map((time) => time.epochMilliseconds / 1000);
    return isFilteredByDay(anchored.rule)
      ? walls.filter(dayFilter({ parts: { byDay: anchored.rule.parts.byDay ?? [] } }))
      : walls;
  } catch {
    // rrule-temporal throws once MAX_STEPS are spent: a rule that (nearly) never matches.
    return [];
  }
}

/** rrule-temporal 2.2.8 leaves BYDAY aside where BYYEARDAY is there; RFC 5545 3.3.10 lets it limit the days. */
function isFilteredByDay({ parts }: RecurrenceRule): boolean {
  return parts.byYearDay !== undefined && parts.byDay !== undefined && parts.bySetPos === undefined;
}

/** Walls are given to rrule-temporal as UTC, so no gap or fold of a zone can drop or move one. */
function generalRule({ rule, anchor, isDate }: AnchoredRule): RRuleTemporal {
  const { bySecond, byMinute, byHour, ...dateParts } = rule.parts;
  const parts = { ...impliedParts(rule, anchor), ...dateParts, ...(isDate ? {} : { bySecond, byMinute, byHour }) };
  const present = Object.entries(parts).filter(([, list]) => list !== undefined);
  return new RRuleTemporal({
    freq: rule.frequency,
    interval: rule.interval,
    wkst: rule.weekStart,
    dtstart: Temporal.Instant.fromEpochMilliseconds(anchor * 1000).toZonedDateTimeISO('UTC'),
    includeDtstart: false,
    cache: false,
    maxIterations: MAX_STEPS,
    maxCandidateEvaluations: MAX_STEPS,
    ...(rule.skip === null ? {} : { rscale: 'GREGORIAN', skip: rule.skip }),
    ...Object.fromEntries(present.map(([key, list]) => [key, [...(list as readonly unknown[])]])),
  });
}

/** What a rule without date parts takes from DTSTART; said outright, rrule-temporal is three times as fast. */
function impliedParts({ frequency, parts, skip }: RecurrenceRule, anchor: number): RuleParts {
  const { byDay, byMonthDay, byYearDay, byWeekNo, byMonth } = parts;
  if (skip !== null || (byDay ?? byMonthDay ?? byYearDay ?? byWeekNo ?? byMonth) !== undefined) return {};
  const date = new Date(anchor * 1000);
  const byDate = { byMonthDay: [date.getUTCDate()] };
  if (frequency === 'MONTHLY') return byDate;
  return frequency === 'YEARLY' ? { ...byDate, byMonth: [date.getUTCMonth() + 1] } : {};
}

function clip(walls: readonly number[], from: number, to: number): readonly number[] {
  return walls.filter((wall) => wall >= from && wall <= to);
}
