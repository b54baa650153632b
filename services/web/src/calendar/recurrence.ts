/** A repetition that the editor has fields for. */
export interface Repetition {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  /** Of a week: `MO`, `TU`, … */
  readonly days: readonly string[];
  /** The last day, `2026-01-31`. */
  readonly until: string | null;
  readonly count: number | null;
}

export const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/** Null for a rule that says more than the fields can. */
export function readRepetition(rule: string): Repetition | null {
  const parts = new Map(
    rule
      .toUpperCase()
      .split(';')
      .map((part) => part.split('=', 2) as [string, string]),
  );
  const frequency = parts.get('FREQ');
  const known = ['FREQ', 'INTERVAL', 'UNTIL', 'COUNT', 'WKST', ...(frequency === 'WEEKLY' ? ['BYDAY'] : [])];
  if (![...parts.keys()].every((name) => known.includes(name))) return null;
  if (frequency !== 'DAILY' && frequency !== 'WEEKLY' && frequency !== 'MONTHLY' && frequency !== 'YEARLY') return null;
  const until = /^(\d{4})(\d\d)(\d\d)/.exec(parts.get('UNTIL') ?? '');
  return {
    frequency,
    interval: Number(parts.get('INTERVAL') ?? 1),
    days: parts.get('BYDAY')?.split(',') ?? [],
    until: until === null ? null : `${until[1]}-${until[2]}-${until[3]}`,
    count: parts.has('COUNT') ? Number(parts.get('COUNT')) : null,
  };
}

/** @param allDay UNTIL has the form of the start (RFC 5545 3.3.10) */
export function writeRepetition({ frequency, interval, days, until, count }: Repetition, allDay: boolean): string {
  const day = until?.replaceAll('-', '');
  return [
    `FREQ=${frequency}`,
    interval > 1 ? `INTERVAL=${interval}` : '',
    frequency === 'WEEKLY' && days.length > 0
      ? `BYDAY=${weekdays.filter((each) => days.includes(each)).join(',')}`
      : '',
    day === undefined ? '' : `UNTIL=${day}${allDay ? '' : 'T235959Z'}`,
    count === null || day !== undefined ? '' : `COUNT=${count}`,
  ]
    .filter((part) => part !== '')
    .join(';');
}

/** The weekday of a day, as rules name it. */
export const weekdayOf = (day: string): string => weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'MO';
