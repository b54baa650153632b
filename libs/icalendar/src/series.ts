import { refuseAs } from './calendar-fault.js';
import { anchorOf, type CalendarItem } from './calendar-item.js';
import type { CalendarTime } from './calendar-time.js';
import { dayOfWall } from './civil-date.js';

/**
 * The recurrence set of one calendar object: a master or none, and what replaces single instances of it. Instances
 * are known by the time that the master gives them: an instant where it has a zone, else wall seconds.
 */
export interface Series {
  readonly master: CalendarItem | null;
  readonly overrides: readonly CalendarItem[];
  /** Identities that EXDATE or an override takes out of what the master gives. */
  readonly taken: ReadonlySet<number>;
  /** The same where only the day was given (a DATE among DATE-TIMEs): first seconds of wall days. */
  readonly takenDays: ReadonlySet<number>;
  /** Overrides with RANGE=THISANDFUTURE in the order of their identities. */
  readonly futures: readonly FutureOverride[];
}

/** Instances from `identity` on follow the override; `wall` is its RECURRENCE-ID on the master's wall. */
export interface FutureOverride {
  readonly identity: number;
  readonly wall: number;
  readonly item: CalendarItem;
}

/** Groups the components of one object; refuses a second master or two overrides of one instance (RFC 4791 4.1). */
export function seriesOf(items: readonly CalendarItem[]): Series {
  const masters = items.filter(({ recurrenceId }) => recurrenceId === null);
  const [master, second] = masters;
  if (second !== undefined) {
    const reason = `Give this ${second.component.name} a RECURRENCE-ID or a UID of its own: line ${
      (master as CalendarItem).component.line
    } holds another with this UID.`;
    refuseAs('valid-calendar-object-resource', reason, second.component.line);
  }
  const anchor = master === undefined ? null : anchorOf(master);
  const overrides = items.filter(({ recurrenceId }) => recurrenceId !== null);
  refuseDuplicates(overrides, anchor);
  const taken = [...(master?.excludedDates ?? []), ...overrides.map((item) => item.recurrenceId as CalendarTime)];
  const isDay = (time: CalendarTime) => time.kind === 'date' && anchor?.kind !== 'date';
  return {
    master: master ?? null,
    overrides,
    taken: new Set(taken.filter((time) => !isDay(time)).map((time) => identityOf(time, anchor))),
    takenDays: new Set(taken.filter(isDay).map(({ wall }) => wall)),
    futures: futuresOf(overrides, anchor),
  };
}

/** The identity that a RECURRENCE-ID or EXDATE means, compared as instants where the series has a zone (B17). */
export function identityOf(time: CalendarTime, anchor: CalendarTime | null): number {
  if (anchor === null) return time.zone === null ? time.wall : time.zone.toInstant(time.wall);
  if (anchor.kind === 'date') return dayOfWall(time.wall);
  if (anchor.zone === null) return time.wall;
  return (time.zone ?? anchor.zone).toInstant(time.wall);
}

function refuseDuplicates(overrides: readonly CalendarItem[], anchor: CalendarTime | null): void {
  if (overrides.length < 2) return;
  const seen = new Map<number, CalendarItem>();
  for (const item of overrides) {
    const identity = identityOf(item.recurrenceId as CalendarTime, anchor);
    const other = seen.get(identity);
    if (other !== undefined) {
      const reason = `Send one component for each RECURRENCE-ID: line ${other.component.line} replaces the same instance.`;
      refuseAs('valid-calendar-object-resource', reason, item.component.line);
    }
    seen.set(identity, item);
  }
}

function futuresOf(overrides: readonly CalendarItem[], anchor: CalendarTime | null): readonly FutureOverride[] {
  if (anchor === null) return [];
  return overrides
    .filter((item) => item.thisAndFuture && anchorOf(item) !== null)
    .map((item) => {
      const identity = identityOf(item.recurrenceId as CalendarTime, anchor);
      return { identity, wall: anchor.zone === null ? identity : anchor.zone.toLocal(identity), item };
    })
    .sort((a, b) => a.identity - b.identity);
}
