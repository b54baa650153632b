import { anchorOf, type CalendarItem, type RecurrenceDate } from './calendar-item.js';
import type { CalendarTime } from './calendar-time.js';
import { DAY, dayOfWall } from './civil-date.js';
import { type Duration, nominalSeconds } from './duration.js';
import { lengthBetween, lengthOf } from './item-length.js';
import { ruleWalls } from './rule-walls.js';
import { type FutureOverride, identityOf, type Series } from './series.js';
import type { Zone } from './zone.js';

/**
 * One instance of a series. `item` is the component that describes it. `start` and `end` are instants (DTSTART and
 * DTEND, DUE or the end that DURATION gives; null where there is none), `startWall` and `endWall` the same on the
 * wall of a DATE or floating time. `recurrenceId` is null in an object that does not recur.
 */
export interface Instance {
  readonly item: CalendarItem;
  readonly recurrenceId: CalendarTime | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly startWall: number;
  readonly endWall: number;
}

/** Instants, UTC seconds; both may be infinite. */
export interface InstantWindow {
  readonly from: number;
  readonly to: number;
}

/**
 * The instances that touch a window (`start <= to` and `end >= from`, so that each table of RFC 4791 9.9 can decide
 * on the edges), and those without any time. DATE and floating times are read in the observer's zone.
 */
export function instancesWithin(series: Series, window: InstantWindow, observer: Zone): Instance[] {
  const found: Instance[] = [];
  const take = (instance: Instance) => {
    if (touches(instance, window)) found.push(instance);
  };
  if (series.master !== null) masterInstances(series, series.master, { window, observer, take });
  for (const item of series.overrides) take(ownInstance(item, observer));
  return found;
}

/** True where a component repeats or replaces: its instances then bear a RECURRENCE-ID. */
export function isRecurring({ master, overrides }: Series): boolean {
  return overrides.length > 0 || (master !== null && (master.rules.length > 0 || master.dates.length > 0));
}

/** How far instances of the master can lie from the wall time that the rule gives them, in seconds. */
export function reachOf(series: Series, observer: Zone): { readonly before: number; readonly after: number } {
  const own = series.master === null ? null : lengthOf(series.master, observer);
  let after = own === null ? 0 : nominalSeconds(own);
  let before = 0;
  for (const { item, wall } of series.futures) {
    const shift = (anchorOf(item) as CalendarTime).wall - wall;
    const length = lengthOf(item, observer);
    after = Math.max(after, shift + (length === null ? 0 : nominalSeconds(length)));
    before = Math.max(before, -shift);
  }
  return { before, after };
}

interface Search {
  readonly window: InstantWindow;
  readonly observer: Zone;
  readonly take: (instance: Instance) => void;
}

function masterInstances(series: Series, master: CalendarItem, search: Search): void {
  const anchor = anchorOf(master);
  if (anchor === null) return search.take(ownInstance(master, search.observer));
  const recurs = isRecurring(series);
  const length = lengthOf(master, search.observer);
  // Identities that the rules give: two wall times can be one instant where the clock springs forward.
  const given = new Set<number>();
  for (const wall of wallsWithin(series, master, search)) {
    const identity = anchor.zone === null ? wall : anchor.zone.toInstant(wall);
    if (given.has(identity)) continue;
    given.add(identity);
    if (isTaken(series, identity, wall)) continue;
    const recurrenceId = recurs ? { kind: anchor.kind, wall, zone: anchor.zone } : null;
    const future = futureOf(series.futures, identity);
    if (future === null) search.take(instanceAt(master, wall, { length, recurrenceId }, search.observer));
    else search.take(movedInstance(future, wall, recurrenceId, search.observer));
  }
  takeDates(series, master, given, search);
}

/** The wall times of DTSTART and the rules whose instances can touch the window, sorted and without doubles. */
function wallsWithin(series: Series, master: CalendarItem, { window, observer }: Search): Iterable<number> {
  const anchor = anchorOf(master) as CalendarTime;
  const { before, after } = reachOf(series, observer);
  // A day more to either side covers every difference between walls and instants.
  const from = toWall(anchor, window.from, observer) - after - DAY;
  const to = toWall(anchor, window.to, observer) + before + DAY;
  const own = anchor.wall >= from && anchor.wall <= to ? [anchor.wall] : [];
  const [first, ...others] = master.rules;
  if (first === undefined) return own;
  let walls: Iterable<number> = ruleWalls(first, from, to);
  if (others.length > 0) walls = new Set([...walls, ...others.flatMap((rule) => ruleWalls(rule, from, to))]);
  if (master.excludedRules.length === 0) return walls;
  const excluded = new Set(master.excludedRules.flatMap((rule) => ruleWalls(rule, from, to)));
  return [...walls].filter((wall) => !excluded.has(wall));
}

function toWall(anchor: CalendarTime, instant: number, observer: Zone): number {
  return Number.isFinite(instant) ? (anchor.zone ?? observer).toLocal(instant) : instant;
}

function isTaken(series: Series, identity: number, wall: number): boolean {
  return series.taken.has(identity) || (series.takenDays.size > 0 && series.takenDays.has(dayOfWall(wall)));
}

/** The RDATEs; one that names an instance that is given already adds nothing. */
function takeDates(series: Series, master: CalendarItem, given: Set<number>, search: Search): void {
  const anchor = anchorOf(master) as CalendarTime;
  for (const date of master.dates) {
    const time = onClockOf(anchor, date.start);
    const identity = identityOf(time, anchor);
    if (given.has(identity) || isTaken(series, identity, time.wall)) continue;
    given.add(identity);
    const length = dateLength(date, master, search.observer);
    search.take(instanceOf(master, time, { length, recurrenceId: time }, search.observer));
  }
}

function dateLength(date: RecurrenceDate, master: CalendarItem, observer: Zone): Duration | null {
  if (date.duration !== null) return date.duration;
  return date.end === null ? lengthOf(master, observer) : lengthBetween(date.start, date.end, observer);
}

/** A floating RDATE takes the zone of the series, a DATE among DATE-TIMEs its time of day. */
function onClockOf(anchor: CalendarTime, date: CalendarTime): CalendarTime {
  if (date.zone !== null || anchor.kind === 'date') return date;
  const timeOfDay = date.kind === 'date' ? anchor.wall - dayOfWall(anchor.wall) : 0;
  return { kind: anchor.kind, wall: date.wall + timeOfDay, zone: anchor.zone };
}

function futureOf(futures: readonly FutureOverride[], identity: number): FutureOverride | null {
  let found: FutureOverride | null = null;
  for (const future of futures) if (future.identity <= identity) found = future;
  return found;
}

/** RFC 5545 3.2.13: later instances follow the override by as much as it moved its own. */
function movedInstance(
  { item, wall: from }: FutureOverride,
  wall: number,
  recurrenceId: CalendarTime | null,
  observer: Zone,
): Instance {
  const moved = (anchorOf(item) as CalendarTime).wall + (wall - from);
  return instanceAt(item, moved, { length: lengthOf(item, observer), recurrenceId }, observer);
}

function ownInstance(item: CalendarItem, observer: Zone): Instance {
  const { recurrenceId } = item;
  const anchor = anchorOf(item);
  if (anchor === null) return { item, recurrenceId, start: null, end: null, startWall: 0, endWall: 0 };
  return instanceAt(item, anchor.wall, { length: lengthOf(item, observer), recurrenceId }, observer);
}

interface Shape {
  readonly length: Duration | null;
  readonly recurrenceId: CalendarTime | null;
}

function instanceAt(item: CalendarItem, wall: number, shape: Shape, observer: Zone): Instance {
  const anchor = anchorOf(item) as CalendarTime;
  return instanceOf(item, { kind: anchor.kind, wall, zone: anchor.zone }, shape, observer);
}

function instanceOf(item: CalendarItem, at: CalendarTime, { length, recurrenceId }: Shape, observer: Zone): Instance {
  const zone = at.zone ?? observer;
  const start = zone.toInstant(at.wall);
  if (item.start === null) return { item, recurrenceId, start: null, end: start, startWall: at.wall, endWall: at.wall };
  if (length === null) return { item, recurrenceId, start, end: null, startWall: at.wall, endWall: at.wall };
  const days = at.wall + length.days * DAY;
  const endWall = days + length.seconds;
  // Hours and less are exact where there is a zone, wall time where the observer decides (RFC 5545 3.8.5.3).
  const end = at.zone === null ? zone.toInstant(endWall) : zone.toInstant(days) + length.seconds;
  return { item, recurrenceId, start, end, startWall: at.wall, endWall };
}

function touches({ start, end }: Instance, { from, to }: InstantWindow): boolean {
  const first = start ?? end;
  if (first === null) return true;
  return first <= to && (end ?? first) >= from;
}
