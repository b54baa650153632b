import type { CalendarComponentName } from './calendar-object.js';
import { managedIdsOf } from './attachments/managed-ids.js';
import { anchorOf, type CalendarItem } from './calendar-item.js';
import type { CalendarTime } from './calendar-time.js';
import { DAY } from './civil-date.js';
import type { Component } from './component-tree.js';
import { propertyOf } from './component-tree.js';
import { type Instance, instancesWithin, isRecurring, reachOf } from './instances.js';
import { lastWall } from './rule-walls.js';
import type { Series } from './series.js';
import { stampSpan } from './stamp-span.js';
import { utc } from './zone.js';

/** How an object's times are read: see `CalendarObjectFacts.clock`. */
export type Clock = 'utc' | 'local' | 'mixed';
/** What an instance counts as in a free-busy answer (RFC 4791 7.10); 'mixed' where components differ. */
export type Busy = 'FREE' | 'BUSY' | 'BUSY-TENTATIVE';

/**
 * What an index keeps of a calendar object, computed once when it is written; plain JSON.
 *
 * `start` and `end` are UTC seconds that bound everything a time-range on the component can match (RFC 4791 9.9,
 * alarms apart); null is unbounded. An object can match a range only if `start <= range.end && end >= range.start`
 * (both inclusive: the VTODO table includes its edges). Where DATE or floating times are involved the bounds are 14 h
 * earlier and 12 h later than on the wall, which covers every zone of an observer.
 *
 * `clock` is 'utc' where all times are instants whoever looks, 'local' where all are DATE or floating, else 'mixed'.
 */
export interface CalendarObjectFacts {
  readonly uid: string;
  readonly component: CalendarComponentName;
  readonly recurring: boolean;
  readonly start: number | null;
  readonly end: number | null;
  readonly clock: Clock;
  readonly busy: Busy | 'mixed';
  readonly alarms: boolean;
  /** One of the components is not public (RFC 5545 3.8.1.3): others see busy time only. Left out where all are. */
  readonly private?: true;
  /** The managed attachments that it refers to (RFC 8607 4.3); left out where there are none. */
  readonly managedIds?: readonly string[];
}

/** The observers that are furthest ahead of and behind UTC. */
export const observersAhead = 14 * 3600;
export const observersBehind = 12 * 3600;

/** Computes the facts of a series of components that share a UID. */
export function factsOf(uid: string, component: CalendarComponentName, series: Series): CalendarObjectFacts {
  const items = series.master === null ? series.overrides : [series.master, ...series.overrides];
  const clock = clockOf(items);
  const { start, end } = boundsOf(items, series);
  const floats = clock !== 'utc';
  const managedIds = managedIdsOf(items.map(({ component: own }) => own));
  return {
    uid,
    component,
    recurring: isRecurring(series),
    start: start === null || !floats ? start : start - observersAhead,
    end: end === null || !floats ? end : end + observersBehind,
    clock,
    busy: busyOf(items),
    alarms: items.some((item) => item.component.components.some(({ name }) => name === 'VALARM')),
    ...(managedIds.length === 0 ? {} : { managedIds }),
  };
}

/** What one component counts as in free-busy: TRANSP and STATUS decide (RFC 4791 7.10). Only a VEVENT takes time. */
export function busyOfComponent(component: Component): Busy {
  if (component.name !== 'VEVENT') return 'FREE';
  if (valueOf(component, 'TRANSP') === 'TRANSPARENT') return 'FREE';
  const status = valueOf(component, 'STATUS');
  if (status === 'CANCELLED') return 'FREE';
  return status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY';
}

function valueOf(component: Component, name: string): string | undefined {
  return propertyOf(component, name)?.value.trim().toUpperCase();
}

function busyOf(items: readonly CalendarItem[]): CalendarObjectFacts['busy'] {
  const [first, ...others] = items.map(({ component }) => busyOfComponent(component));
  return others.every((busy) => busy === first) ? (first ?? 'FREE') : 'mixed';
}

function clockOf(items: readonly CalendarItem[]): Clock {
  const times = items.flatMap(({ start, end, dates }) => [
    start,
    end,
    ...dates.flatMap((date) => [date.start, date.end]),
  ]);
  const present = times.filter((time): time is CalendarTime => time !== null);
  const zoned = present.filter(({ zone }) => zone !== null).length;
  if (zoned === present.length) return 'utc';
  return zoned === 0 ? 'local' : 'mixed';
}

interface Bounds {
  readonly start: number | null;
  readonly end: number | null;
}

const UNBOUNDED: Bounds = { start: null, end: null };

/** Bounds as an observer in UTC sees them. */
function boundsOf(items: readonly CalendarItem[], series: Series): Bounds {
  if (items.some((item) => anchorOf(item) === null)) {
    const [item] = items as [CalendarItem];
    return items.length === 1 ? stampSpan(item.component) : UNBOUNDED;
  }
  // Alone, without rules: this asks nothing of a rule and gives all dates and overrides.
  const still = {
    ...series,
    master: series.master === null ? null : { ...series.master, rules: [], excludedRules: [] },
  };
  const single = spanOf(instancesWithin(still, { from: -Infinity, to: Infinity }, utc));
  const ruled = ruleBounds(series);
  if (ruled === null || single === null) return ruled ?? single ?? UNBOUNDED;
  return {
    start: Math.min(ruled.start, single.start),
    end: ruled.end === null ? null : Math.max(ruled.end, single.end),
  };
}

function spanOf(instances: readonly Instance[]): { start: number; end: number } | null {
  let start = Infinity;
  let end = -Infinity;
  for (const instance of instances) {
    const first = instance.start ?? instance.end ?? 0;
    const last = instance.end ?? first;
    start = Math.min(start, first, last);
    end = Math.max(end, first, last);
  }
  return start === Infinity ? null : { start, end };
}

/** From the first to the last instance that the rules can give, wherever overrides with THISANDFUTURE move them. */
function ruleBounds(series: Series): { start: number; end: number | null } | null {
  const { master } = series;
  const anchor = master === null ? null : anchorOf(master);
  if (master === null || anchor === null || master.rules.length === 0) return null;
  const { before, after } = reachOf(series, utc);
  const zone = anchor.zone ?? utc;
  const lasts = master.rules.map(lastWall);
  // Shifts by an override are wall time: a day covers what a change of offset adds.
  const slack = series.futures.length > 0 ? DAY : 0;
  return {
    start: zone.toInstant(anchor.wall) - before - slack,
    end: lasts.includes(null)
      ? null
      : zone.toInstant((lasts as number[]).reduce((a, b) => Math.max(a, b))) + after + slack + nominalSlack(series),
  };
}

/** A nominal day can have 25 hours. */
function nominalSlack({ master }: Series): number {
  return master?.duration !== null && master?.duration !== undefined && master.duration.days > 0 ? 7200 : 0;
}
