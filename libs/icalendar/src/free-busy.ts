import type { CalendarObject } from './calendar-object.js';
import { formatInstant } from './calendar-time.js';
import { busyOfComponent } from './facts.js';
import type { TimeRange } from './filter.js';
import { instancesWithin } from './instances.js';
import { freeBusyPeriods } from './time-range.js';
import { foldLine } from './write-component.js';
import type { Zone } from './zone.js';

/** A stretch in which a calendar is taken; UTC seconds. */
export interface BusyPeriod {
  readonly start: number;
  readonly end: number;
  readonly type: 'BUSY' | 'BUSY-TENTATIVE' | 'BUSY-UNAVAILABLE';
}

/**
 * The busy periods of a VEVENT or VFREEBUSY that overlap a range, not clipped (RFC 4791 7.10): nothing of what is
 * TRANSPARENT, CANCELLED or without length. Other components give none.
 */
export function busyPeriods(object: CalendarObject, range: Required<TimeRange>, observer: Zone): BusyPeriod[] {
  const all = object.component === 'VFREEBUSY' ? listedPeriods(object) : eventPeriods(object, range, observer);
  return all.filter(({ start, end }) => end > start && start < range.end && end > range.start);
}

/** Writes a VCALENDAR with one VFREEBUSY (RFC 4791 7.10): periods clipped, joined by type, sorted, in UTC. */
export function freeBusyComponent(periods: readonly BusyPeriod[], range: Required<TimeRange>, stamp: number): string {
  const lines = TYPES.flatMap((type) =>
    joined(
      periods.filter((period) => period.type === type),
      range,
    ).map(({ start, end }) => `FREEBUSY;FBTYPE=${type}:${formatInstant(start)}/${formatInstant(end)}`),
  );
  const head = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Almanac//CalDAV//EN',
    'BEGIN:VFREEBUSY',
    `UID:freebusy-${range.start}-${range.end}-${stamp}`,
    `DTSTAMP:${formatInstant(stamp)}`,
    `DTSTART:${formatInstant(range.start)}`,
    `DTEND:${formatInstant(range.end)}`,
  ];
  return [...head, ...lines, 'END:VFREEBUSY', 'END:VCALENDAR'].map(foldLine).join('');
}

const TYPES = ['BUSY', 'BUSY-TENTATIVE', 'BUSY-UNAVAILABLE'] as const;

function eventPeriods(object: CalendarObject, range: Required<TimeRange>, observer: Zone): readonly BusyPeriod[] {
  if (object.component !== 'VEVENT') return [];
  const window = { from: range.start, to: range.end };
  return instancesWithin(object.series, window, observer).flatMap(({ item, start, end }) => {
    const type = busyOfComponent(item.component);
    return type === 'FREE' || start === null || end === null ? [] : [{ start, end, type }];
  });
}

/** RFC 5545 3.2.9: an unknown FBTYPE counts as BUSY. */
function listedPeriods(object: CalendarObject): readonly BusyPeriod[] {
  const items = object.root.components.filter(({ name }) => name === 'VFREEBUSY');
  return items
    .flatMap(freeBusyPeriods)
    .filter(({ type }) => type !== 'FREE')
    .map(({ start, end, type }) => ({ start, end, type: TYPES.find((known) => known === type) ?? 'BUSY' }));
}

function joined(periods: readonly BusyPeriod[], range: Required<TimeRange>): readonly { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (const period of [...periods].sort((a, b) => a.start - b.start)) {
    const start = Math.max(period.start, range.start);
    const end = Math.min(period.end, range.end);
    const last = found[found.length - 1];
    if (end <= start) continue;
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else found.push({ start, end });
  }
  return found;
}
