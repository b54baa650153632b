import { instantOf, isZone, wallOf } from './wall-time.js';

/** A repetition that the editor has fields for. */
export interface Repetition {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** Of a week: `MO`, `TU`, … */
  readonly days: readonly string[];
  /** On which day weeks begin, which tells every second week; null is Monday (RFC 5545 3.3.10). */
  readonly weekStart: string | null;
  /** Of a month: `2TU` is the second Tuesday, `-1FR` the last Friday; null is the day of the first one. */
  readonly position: string | null;
  /** The last day on the clock of the series, `2026-01-31`. */
  readonly until: string | null;
  readonly count: number | null;
}

/** What a series goes by: whole days, a zone, or with null whatever clock is on the wall. */
export interface SeriesClock {
  readonly allDay: boolean;
  readonly zone: string | null;
}

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

const known = ['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'WKST', 'BYDAY'];
/** What days the fields can say, by frequency. */
const dayForms = { WEEKLY: /^[A-Z]{2}(,[A-Z]{2})*$/, MONTHLY: /^(-1|[1-5])[A-Z]{2}$/ } as const;

/** Null for a rule that says more than the fields can. */
export function readRepetition(rule: string, clock: SeriesClock): Repetition | null {
  const parts = new Map(
    rule
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const frequency = parts.get('FREQ');
  if (![...parts.keys()].every((name) => known.includes(name))) return null;
  if (frequency !== 'DAILY' && frequency !== 'WEEKLY' && frequency !== 'MONTHLY' && frequency !== 'YEARLY') return null;
  const byDay = parts.get('BYDAY');
  const isSaid = byDay === undefined || (frequency in dayForms && dayForms[frequency as 'WEEKLY'].test(byDay));
  if (!isSaid) return null;
  return {
    frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    days: frequency === 'WEEKLY' ? (byDay?.split(',') ?? []) : [],
    weekStart: parts.get('WKST') ?? null,
    position: frequency === 'MONTHLY' ? (byDay ?? null) : null,
    until: readUntil(parts.get('UNTIL') ?? '', clock),
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
  };
}

export function writeRepetition(repetition: Repetition, clock: SeriesClock): string {
  const { frequency, interval, days, weekStart, position, until, count } = repetition;
  return [
    `FREQ=${frequency}`,
    interval > 1 ? `INTERVAL=${interval}` : '',
    frequency === 'WEEKLY' && days.length > 0
      ? `BYDAY=${weekdays.filter((each) => days.includes(each)).join(',')}`
      : '',
    frequency === 'MONTHLY' && position !== null ? `BYDAY=${position}` : '',
    until === null ? '' : `UNTIL=${writeUntil(until, clock)}`,
    count === null || until !== null ? '' : `COUNT=${count}`,
    weekStart === null ? '' : `WKST=${weekStart}`,
  ]
    .filter((part) => part !== '')
    .join(';');
}

/** The same rule for a series that now goes by another clock: UNTIL has the form of the start (RFC 5545 3.3.10). */
export const onClock = (rule: string, before: SeriesClock, after: SeriesClock): string =>
  rule.replace(/UNTIL=([^;]+)/i, (part, value: string) => {
    const day = readUntil(value, before);
    return day === null ? part : `UNTIL=${writeUntil(day, after)}`;
  });

/** The rule of a series that begins on another day: repeated on the weekday of the old one, it is on that of the new one. */
export function onDay(rule: string, clock: SeriesClock, before: string, after: string): string {
  const repetition = readRepetition(rule, clock);
  if (repetition === null || before === '' || after === '') return rule;
  const { days, position } = repetition;
  if (days.length === 1 && days[0] === weekdayOf(before)) {
    return writeRepetition({ ...repetition, days: [weekdayOf(after)] }, clock);
  }
  if (position === null || !positionsOf(before).includes(position)) return rule;
  const now = positionsOf(after);
  const next = now.find((each) => each.startsWith('-') && position.startsWith('-')) ?? now[0] ?? null;
  return writeRepetition({ ...repetition, position: next }, clock);
}

/** A day, the end of the day on any wall, or the end of the day in the zone as UTC. */
function writeUntil(day: string, { allDay, zone }: SeriesClock): string {
  const plain = (text: string): string => text.replace(/[-:]/g, '');
  if (allDay) return plain(day);
  if (zone === null) return `${plain(day)}T235959`;
  return plain(`${new Date(instantOf(`${day}T23:59:59`, isZone(zone) ? zone : 'UTC')).toISOString().slice(0, 19)}Z`);
}

function readUntil(value: string, { allDay, zone }: SeriesClock): string | null {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)Z)?/.exec(value) ?? [];
  if (year === undefined) return null;
  if (hour === undefined || allDay || zone === null || !isZone(zone)) return `${year}-${month}-${day}`;
  return wallOf(Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`), zone).slice(0, 10);
}

/** How a day lies in its month: as which of its weekdays, and as the last one where it is. */
export function positionsOf(day: string): readonly string[] {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const isLast = date + 7 > new Date(Date.UTC(year, month, 0)).getUTCDate();
  const weekday = weekdayOf(day);
  return [`${Math.ceil(date / 7)}${weekday}`, ...(isLast ? [`-1${weekday}`] : [])];
}

/** The weekday of a day, as rules name it. */
export const weekdayOf = (day: string): string => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';
