import {
  type CalendarTime,
  formatDate,
  formatInstant,
  formatWall,
  readCalendarTime,
  readPlainTime,
} from '../calendar-time.js';
import { type CalendarTree, isOverride, rewriteParts } from '../calendar-tree.js';
import { DAY, dayOfWall } from '../civil-date.js';
import type { Component } from '../component-tree.js';
import type { ContentLine } from '../content-line.js';
import { withValue } from '../write-property.js';
import { utc } from '../zone.js';
import { writeTime } from './edited-time.js';
import { onClock } from './series-times.js';

/** From where to where a whole series goes. */
export interface Move {
  readonly from: CalendarTime;
  readonly to: CalendarTime;
}

const RULES: ReadonlySet<string> = new Set(['RRULE', 'EXRULE']);
const NAMING: ReadonlySet<string> = new Set(['EXDATE', 'RDATE', 'RECURRENCE-ID']);

/** What names instances of a series by their times names the same ones after the series has moved. */
export function moveSeries(tree: CalendarTree, move: Move): Component {
  if (move.from.wall === move.to.wall && move.from.kind === move.to.kind && move.from.zone === move.to.zone) {
    return tree.root;
  }
  return rewriteParts(tree.root, (part) => ({
    ...part,
    properties: part.properties.flatMap((property) => moved(property, tree, move, isOverride(part))),
  }));
}

function moved(property: ContentLine, tree: CalendarTree, move: Move, ofOverride: boolean): readonly ContentLine[] {
  if (RULES.has(property.name) && !ofOverride) return [withValue(property, movedRule(property.value, move))];
  if (!NAMING.has(property.name)) return [property];
  return property.value.split(',').map((value) => {
    if (value.includes('/') && move.to.kind !== 'date') return movedPeriod(withValue(property, value), tree, move);
    const [start = value] = value.split('/');
    return movedName(withValue(property, start), tree, move);
  });
}

function movedName(property: ContentLine, tree: CalendarTree, move: Move): ContentLine {
  const time = readCalendarTime(property.value, property, tree.zones);
  const range = property.parameters.filter(({ name }) => name === 'RANGE');
  const like = time.zone?.id === move.to.zone?.id ? property : undefined;
  const written = writeTime(property.name, movedTime(time, move), like);
  return range.length === 0 ? written : { ...written, text: written.text.replace(/[:;]/, ';RANGE=THISANDFUTURE$&') };
}

/** An RDATE with an end of its own (RFC 5545 3.3.9) stays on the clock that it has. */
function movedPeriod(property: ContentLine, tree: CalendarTree, move: Move): ContentLine {
  const shifted = (value: string): string => {
    const time = readCalendarTime(value, property, tree.zones);
    const { wall, zone } = movedTime(time, move);
    const onClock = time.zone === null || zone === null ? wall : time.zone.toLocal(zone.toInstant(wall));
    return time.zone === utc ? formatInstant(onClock) : formatWall(onClock);
  };
  const [start = '', end = ''] = property.value.split('/');
  return withValue(property, `${shifted(start)}/${/^[+-]?P/i.test(end) ? end : shifted(end)}`);
}

/** A day that names an instance of a series of times stands for its time of day. */
function movedTime(time: CalendarTime, { from, to }: Move): CalendarTime {
  const timeOfDay = time.kind === 'date' ? from.wall - dayOfWall(from.wall) : 0;
  const onClock =
    from.zone === null || time.zone === null ? time.wall : from.zone.toLocal(time.zone.toInstant(time.wall));
  const wall = onClock + timeOfDay + to.wall - from.wall;
  return { kind: to.kind, wall: to.kind === 'date' ? dayOfWall(wall) : wall, zone: to.zone };
}

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

const movedRule = (rule: string, move: Move): string =>
  movedDays(rule, move).replace(/(?<=^|;)UNTIL=([^;]*)/i, (_, until: string) => `UNTIL=${movedUntil(until, move)}`);

/** The last instance stays the last: UNTIL is written like the series' own times, in UTC where they have a zone (3.3.10). */
function movedUntil(text: string, { from, to }: Move): string {
  const until = readPlainTime(text.toUpperCase(), 'UNTIL', 0);
  const timeOfDay = from.wall - dayOfWall(from.wall);
  const wall = until.kind === 'date' ? until.wall + timeOfDay : onClock(until, from).wall;
  if (to.kind === 'date') return formatDate(dayOfWall(wall - timeOfDay) + dayOfWall(to.wall) - dayOfWall(from.wall));
  const moved = wall + to.wall - from.wall;
  return to.zone === null ? formatWall(moved) : formatInstant(to.zone.toInstant(moved));
}

/** The days that a rule names move along where they name that of the series itself; more than that nobody can mean. */
function movedDays(rule: string, { from, to }: Move): string {
  const days = (dayOfWall(to.wall) - dayOfWall(from.wall)) / DAY;
  if (days === 0) return rule;
  if (/FREQ=WEEKLY/i.test(rule)) return movedWeekdays(rule, days);
  const [before, after] = [new Date(from.wall * 1000), new Date(to.wall * 1000)];
  const moved = movedPart(rule, 'BYMONTHDAY', [before.getUTCDate(), after.getUTCDate()]);
  if (!/FREQ=YEARLY/i.test(rule)) return moved;
  return movedPart(moved, 'BYMONTH', [before.getUTCMonth() + 1, after.getUTCMonth() + 1]);
}

const movedPart = (rule: string, name: string, [before, after]: readonly [number, number]): string =>
  rule.replace(new RegExp(`(?<=^|;)${name}=(\\d+)(?=;|$)`, 'i'), (part, value: string) =>
    Number(value) === before ? `${name}=${after}` : part,
  );

/** Of every second week and the like, the weeks begin as much later, so that no day comes into another one. */
function movedWeekdays(rule: string, days: number): string {
  const listed = /BYDAY=([A-Z,]+)/i.exec(rule)?.[1]?.split(',') ?? [];
  const named = rule.replace(/BYDAY=[A-Z,]+/i, `BYDAY=${listed.map((day) => later(day, days)).join(',')}`);
  if (listed.length < 2 || !/INTERVAL=/i.test(rule)) return named;
  const weekStart = /WKST=([A-Z]+)/i.exec(rule)?.[1] ?? 'MO';
  return `${named.replace(/;?WKST=[A-Z]+/i, '')};WKST=${later(weekStart, days)}`;
}

const later = (day: string, days: number): string =>
  DAYS[(((DAYS.indexOf(day.toUpperCase()) + days) % 7) + 7) % 7] ?? day;
