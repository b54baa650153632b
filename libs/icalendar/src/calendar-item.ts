import { refuse } from './calendar-fault.js';
import { type CalendarTime, instantOf, readCalendarTime, type ZoneLookup } from './calendar-time.js';
import { DAY, dayOfWall } from './civil-date.js';
import type { Component } from './component-tree.js';
import { propertiesOf, propertyOf } from './component-tree.js';
import { type ContentLine, parameterOf } from './content-line.js';
import { type Duration, readDuration } from './duration.js';
import { checkDensity } from './rule-density.js';
import { readRecurrenceRule, type RecurrenceRule } from './recurrence-rule.js';
import type { AnchoredRule } from './rule-walls.js';
import { utc } from './zone.js';

/** One RDATE; with an end or a duration where it was sent as a PERIOD. */
export interface RecurrenceDate {
  readonly start: CalendarTime;
  readonly end: CalendarTime | null;
  readonly duration: Duration | null;
}

/** One VEVENT, VTODO, VJOURNAL or VFREEBUSY with its times read. `end` is DTEND, in a VTODO DUE. */
export interface CalendarItem {
  readonly component: Component;
  readonly start: CalendarTime | null;
  readonly end: CalendarTime | null;
  readonly duration: Duration | null;
  readonly recurrenceId: CalendarTime | null;
  readonly thisAndFuture: boolean;
  readonly rules: readonly AnchoredRule[];
  readonly excludedRules: readonly AnchoredRule[];
  readonly dates: readonly RecurrenceDate[];
  readonly excludedDates: readonly CalendarTime[];
}

/** Reads the times of one component; refuses values that RFC 5545 forbids. Rules of an override are ignored (B18). */
export function readCalendarItem(component: Component, zones: ZoneLookup): CalendarItem {
  const single = (name: string) => {
    const property = propertyOf(component, name);
    return property === undefined ? null : readCalendarTime(property.value, property, zones);
  };
  const start = single('DTSTART');
  const end = single(component.name === 'VTODO' ? 'DUE' : 'DTEND');
  const duration = propertyOf(component, 'DURATION');
  const recurrenceId = propertyOf(component, 'RECURRENCE-ID');
  const recurrence = readRecurrence(component, start ?? end, zones);
  return {
    component,
    start,
    end,
    duration: duration === undefined ? null : readDuration(duration.value, duration.line),
    recurrenceId: single('RECURRENCE-ID'),
    thisAndFuture: recurrenceId !== undefined && parameterOf(recurrenceId, 'RANGE')?.toUpperCase() === 'THISANDFUTURE',
    ...(recurrenceId === undefined ? recurrence : NO_RECURRENCE),
  };
}

/** The time that a rule repeats: DTSTART, or the DUE of a VTODO without one. */
export function anchorOf(item: CalendarItem): CalendarTime | null {
  return item.start ?? item.end;
}

type Recurrence = Pick<CalendarItem, 'rules' | 'excludedRules' | 'dates' | 'excludedDates'>;

const NO_RECURRENCE: Recurrence = { rules: [], excludedRules: [], dates: [], excludedDates: [] };

function readRecurrence(component: Component, anchor: CalendarTime | null, zones: ZoneLookup): Recurrence {
  if (!component.properties.some(({ name }) => RECURRENCE.has(name))) return NO_RECURRENCE;
  const rules = (name: string) =>
    propertiesOf(component, name).map((property) => {
      const rule = readRecurrenceRule(property.value, property.line);
      checkDensity(rule, anchor, property.line);
      return anchor === null ? null : anchoredRule(rule, anchor);
    });
  const values = (name: string) =>
    propertiesOf(component, name)
      .filter(({ value }) => value.trim() !== '')
      .flatMap((property) => property.value.split(',').map((value) => ({ value, property })));
  return {
    rules: rules('RRULE').filter((rule) => rule !== null),
    excludedRules: rules('EXRULE').filter((rule) => rule !== null),
    dates: values('RDATE').map(({ value, property }) => readRecurrenceDate(value, property, zones)),
    excludedDates: values('EXDATE').map(({ value, property }) => readCalendarTime(value, property, zones)),
  };
}

const RECURRENCE: ReadonlySet<string> = new Set(['RRULE', 'EXRULE', 'RDATE', 'EXDATE']);

function anchoredRule(rule: RecurrenceRule, anchor: CalendarTime): AnchoredRule {
  return { rule, anchor: anchor.wall, untilWall: untilWallOf(rule.until, anchor), isDate: anchor.kind === 'date' };
}

/** UNTIL on the wall of the anchor. Forms that do not fit the anchor's are tolerated: a date means its whole day. */
function untilWallOf(until: CalendarTime | null, anchor: CalendarTime): number | null {
  if (until === null) return null;
  if (until.kind === 'date') return until.wall + DAY - 1;
  const wall = until.kind === 'zoned' && anchor.zone !== null ? anchor.zone.toLocal(until.wall) : until.wall;
  return anchor.kind === 'date' ? dayOfWall(wall) : wall;
}

/** A DATE, a DATE-TIME or a PERIOD (RFC 5545 3.3.9, 3.8.5.2). */
function readRecurrenceDate(value: string, property: ContentLine, zones: ZoneLookup): RecurrenceDate {
  const [first, second] = value.split('/') as [string, string | undefined];
  const start = readCalendarTime(first, property, zones);
  if (second === undefined) return { start, end: null, duration: null };
  if (/^[+P]/i.test(second.trim())) return { start, end: null, duration: readDuration(second, property.line) };
  const end = readCalendarTime(second, property, zones);
  if (instantOf(end, utc) < instantOf(start, utc)) refuse('Let the period end after its start.', property.line);
  return { start, end, duration: null };
}
