import { refuse } from '../calendar-fault.js';
import { anchorOf, type CalendarItem } from '../calendar-item.js';
import { atWall, type CalendarTime } from '../calendar-time.js';
import { dayOfWall } from '../civil-date.js';
import type { ChangedTimes } from './change-component.js';

/** Where a series goes; a time that is undefined stays as it is written, null is taken away. */
export interface SeriesTimes {
  /** The time that its rules repeat: its start, else when it is due; null where no time is left. */
  readonly anchor: CalendarTime | null;
  readonly start: CalendarTime | null | undefined;
  /** DTEND or DUE. */
  readonly end: CalendarTime | null | undefined;
}

export interface SeenIn {
  /** What is changed: the series' own component, or an override. */
  readonly item: CalendarItem;
  /** The time that people saw on the instance that they changed, in place of the item's own `anchorOf`. */
  readonly seen: CalendarTime;
  /** Seconds that the item goes farther than that instance. */
  readonly further?: number;
}

/**
 * The times of a whole series after those of one instance were changed: as far from its own as the instance's new times are
 * from what people saw of it.
 */
export function seriesTimes(seenIn: SeenIn, changes: ChangedTimes): SeriesTimes {
  const { item } = seenIn;
  const [leading, following] = item.start === null ? (['end', 'start'] as const) : (['start', 'end'] as const);
  const led = changes[leading];
  const [ledBy, followed] =
    led === null
      ? [null, leftAlone(seenIn, item[following], changes[following])]
      : goneTogether(seenIn, led, changes[following]);
  const [start, end] = leading === 'start' ? [ledBy, followed] : [followed, ledBy];
  return { start, end, anchor: (start === undefined ? item.start : start) ?? (end === undefined ? item.end : end) };
}

type Time = CalendarTime | null | undefined;

function goneTogether(
  { item, seen, further = 0 }: SeenIn,
  leading: CalendarTime | undefined,
  following: Time,
): readonly [Time, Time] {
  const anchor = anchorOf(item) as CalendarTime;
  const led = leading ?? seen;
  const to = later(movedAnchor(anchor, seen, led), further);
  return [
    isSameTime(to, anchor) ? undefined : to,
    following === undefined || following === null ? following : beside(following, led, to),
  ];
}

/** The other time, where that which the rules repeated is taken away: they repeat it from then on. */
function leftAlone({ item, seen, further = 0 }: SeenIn, own: CalendarTime | null, time: Time): CalendarTime | null {
  const left = time === undefined || time === null ? time : movedAnchor(anchorOf(item) as CalendarTime, seen, time);
  const after = left === undefined ? own : left;
  return after === null ? null : later(after, further);
}

const later = (time: CalendarTime, seconds: number): CalendarTime => atWall(time, time.wall + seconds);

/** On another clock where people chose one, else on its own; days go by whole days. */
function movedAnchor(anchor: CalendarTime, from: CalendarTime, to: CalendarTime): CalendarTime {
  const clock = isSameClock(from, to) ? anchor : to;
  const seen = clock === anchor ? from : onClock(from, anchor);
  const wallOf = ({ wall }: CalendarTime): number => (clock.kind === 'date' ? dayOfWall(wall) : wall);
  return atWall(clock, wallOf(to) + wallOf(anchor) - wallOf(seen));
}

/** As far from the one time as it was from the other, and in the zone of that unless it has another one of its own. */
function beside(time: CalendarTime, led: CalendarTime, to: CalendarTime): CalendarTime {
  if ((time.kind === 'date') !== (led.kind === 'date')) refuse('Give start and end both as days, or both as times.');
  const zone = to.kind === 'date' || isSameClock(time, led) ? to.zone : time.zone;
  return { kind: to.kind, wall: time.wall + to.wall - led.wall, zone };
}

/** The wall of the name of an instance on the clock of its series: a day among times stands for its time of day. */
export function nameWall(name: CalendarTime, anchor: CalendarTime): number {
  if (anchor.kind === 'date') return dayOfWall(name.wall);
  return name.kind === 'date' ? name.wall + anchor.wall - dayOfWall(anchor.wall) : onClock(name, anchor).wall;
}

/** The same instant on the clock of another time, where both have one. */
export const onClock = (time: CalendarTime, { kind, zone }: CalendarTime): CalendarTime =>
  time.zone === null || zone === null ? time : { kind, wall: zone.toLocal(time.zone.toInstant(time.wall)), zone };

const isSameClock = (one: CalendarTime, other: CalendarTime): boolean =>
  one.kind === other.kind && one.zone?.id === other.zone?.id;

export const isSameTime = (one: CalendarTime, other: CalendarTime): boolean =>
  isSameClock(one, other) && one.wall === other.wall;
