import { DAY } from './civil-date.js';
import type { RecurrenceRule } from './recurrence-rule.js';
import type { AnchoredRule, WallWindow } from './rule-walls.js';

const WEEK = 7 * DAY;
/** 1970-01-05, a Monday. */
const MONDAY = 4 * DAY;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** True for rules that plain arithmetic answers: every n days, or every n weeks on some weekdays. Most rules are. */
export function isPlainRule({ frequency, parts, skip }: RecurrenceRule): boolean {
  const names = Object.keys(parts);
  if (skip !== null) return false;
  if (frequency === 'DAILY') return names.length === 0;
  return frequency === 'WEEKLY' && names.every((name) => name === 'byDay');
}

/** The wall times of a plain rule within a window (both ends included), sorted, at most `limit`. */
export function plainRuleWalls(anchored: AnchoredRule, window: WallWindow): readonly number[] {
  const { rule, anchor } = anchored;
  const first = Math.max(window.from, anchor);
  const base = rule.frequency === 'DAILY' ? anchor : weekStartOf(anchor, rule);
  const offsets = rule.frequency === 'DAILY' ? [0] : weekdayOffsets(anchor - base, rule);
  const step = rule.interval * (rule.frequency === 'DAILY' ? DAY : WEEK);
  const walls: number[] = [];
  for (let period = base + Math.max(0, Math.floor((first - base) / step)) * step; period <= window.to; period += step) {
    for (const offset of offsets) {
      const wall = period + offset;
      if (wall > window.to || walls.length >= window.limit) return walls;
      if (wall >= first) walls.push(wall);
    }
  }
  return walls;
}

/** The first second of the week (by WKST) that holds the anchor. */
function weekStartOf(anchor: number, rule: RecurrenceRule): number {
  const first = MONDAY + WEEKDAYS.indexOf(rule.weekStart) * DAY;
  return anchor - ((((anchor - first) % WEEK) + WEEK) % WEEK);
}

/** Seconds from the start of the week to each instance, sorted; without BYDAY the anchor's own weekday counts. */
function weekdayOffsets(anchorOffset: number, rule: RecurrenceRule): readonly number[] {
  if (rule.parts.byDay === undefined) return [anchorOffset];
  const timeOfDay = anchorOffset % DAY;
  const first = WEEKDAYS.indexOf(rule.weekStart);
  return rule.parts.byDay
    .map((day) => ((WEEKDAYS.indexOf(day) - first + 7) % 7) * DAY + timeOfDay)
    .sort((a, b) => a - b);
}
