import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { atWall, type CalendarTime } from '../calendar-time.js';
import { nominalSeconds } from '../duration.js';
import { lengthOf } from '../item-length.js';
import { utc } from '../zone.js';
import type { ChangedTimes } from './change-component.js';
import type { SeriesMove } from './series-move.js';
import { isSameTime, nameWall, onClock, type SeriesTimes } from './series-times.js';

interface GoingSeries {
  /** As it was. */
  readonly master: CalendarItem;
  readonly move: SeriesMove | null;
  readonly times: SeriesTimes;
}

/**
 * Where an override goes with its series. One that lies where the series had it, so that something else was changed of it, goes
 * as far and ends as the series does; a length that is its own stays with it, but between days and times. A start that was
 * changed on purpose stays where it is with its end, and so does an occurrence that the series has none in place of.
 */
export function timesAlong(item: CalendarItem, going: GoingSeries): ChangedTimes {
  const { master, move, times } = going;
  const anchor = anchorOf(master) as CalendarTime;
  const name = nameWall(item.recurrenceId as CalendarTime, anchor);
  if (times.anchor === null || !isWhereGiven(item, master, name) || move?.leavesOut(name) === true) return {};
  const by = (move?.wallAfter(name) ?? name) - times.anchor.wall;
  const whole = { start: changedFrom(master.start, times.start), end: changedFrom(master.end, times.end) };
  const start = move === null && times.start === undefined ? item.start : later(whole.start, by);
  const isOtherKind = (anchor.kind === 'date') !== (times.anchor.kind === 'date');
  const hasSeriesEnd = isOtherKind || secondsOf(item) === secondsOf(master);
  const end = isEndMoved(going) && hasSeriesEnd ? seriesEnd(whole, start, by) : ownEnd(item, start);
  return { ...changedTo('start', item.start, start), ...changedTo('end', item.end, end) };
}

/** What is known by when it is due goes with that alone, also where the first one stays. */
const isEndMoved = ({ master, move, times }: GoingSeries): boolean =>
  times.end !== undefined || (master.start === null && move !== null);

function isWhereGiven(item: CalendarItem, master: CalendarItem, name: number): boolean {
  const [own, anchor] = [anchorOf(item), anchorOf(master) as CalendarTime];
  if (own === null || own.kind !== anchor.kind || (item.start === null) !== (master.start === null)) return false;
  return onClock(own, anchor).wall === name;
}

/** On the wall, where people set both. */
function secondsOf(item: CalendarItem): number | null {
  const { start, end } = item;
  if (start !== null && end !== null) return onClock(end, start).wall - start.wall;
  const length = lengthOf(item, utc);
  return length === null ? null : nominalSeconds(length);
}

interface Times {
  readonly start: CalendarTime | null;
  readonly end: CalendarTime | null;
}

type Time = CalendarTime | null | undefined;

const changedFrom = (before: CalendarTime | null, after: Time): CalendarTime | null =>
  after === undefined ? before : after;

const later = (time: CalendarTime | null, seconds: number): CalendarTime | null =>
  time === null ? null : atWall(time, time.wall + seconds);

function seriesEnd(whole: Times, start: CalendarTime | null, by: number): CalendarTime | null {
  if (whole.end === null || whole.start === null || start === null) return later(whole.end, by);
  return asLongAfter(whole.end, whole.start, start);
}

const ownEnd = ({ start: before, end }: CalendarItem, start: CalendarTime | null): CalendarTime | null =>
  end === null || before === null || start === null ? end : asLongAfter(end, before, start);

function asLongAfter(time: CalendarTime, from: CalendarTime, to: CalendarTime): CalendarTime {
  const zone = time.zone?.id === from.zone?.id ? to.zone : time.zone;
  return { kind: to.kind, wall: time.wall + to.wall - from.wall, zone };
}

/** Without what stays, so that it is written as it was. */
function changedTo(name: keyof ChangedTimes, before: CalendarTime | null, after: CalendarTime | null): ChangedTimes {
  if (before === after) return {};
  return before !== null && after !== null && isSameTime(before, after) ? {} : { [name]: after };
}
