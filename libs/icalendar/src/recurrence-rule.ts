import { refuse } from './calendar-fault.js';
import { type CalendarTime, readPlainTime } from './calendar-time.js';

export type Frequency = 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY' | 'HOURLY' | 'MINUTELY' | 'SECONDLY';
export type Weekday = 'MO' | 'TU' | 'WE' | 'TH' | 'FR' | 'SA' | 'SU';

/** The BY… parts of a rule, as RFC 5545 3.3.10 numbers them; an absent part is undefined. */
export interface RuleParts {
  readonly bySecond?: readonly number[];
  readonly byMinute?: readonly number[];
  readonly byHour?: readonly number[];
  /** As written without a plus: `MO`, `-1FR`. */
  readonly byDay?: readonly string[];
  readonly byMonthDay?: readonly number[];
  readonly byYearDay?: readonly number[];
  readonly byWeekNo?: readonly number[];
  readonly byMonth?: readonly number[];
  readonly bySetPos?: readonly number[];
}

/** A RECUR value (RFC 5545 3.3.10; SKIP of RFC 7529 for the Gregorian calendar). */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | null;
  /** As written: a zoned time is UTC, a floating one is wall time, a date means its whole day. */
  readonly until: CalendarTime | null;
  readonly weekStart: Weekday;
  readonly skip: 'BACKWARD' | 'FORWARD' | null;
  readonly parts: RuleParts;
}

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const SKIPS = ['OMIT', 'BACKWARD', 'FORWARD'] as const;

/** Reads and checks an RRULE value; refuses what RFC 5545 3.3.10 forbids. Unknown X- parts are ignored. */
export function readRecurrenceRule(text: string, line: number): RecurrenceRule {
  const parts = ruleParts(text, line);
  const frequency = oneOf(parts.get('FREQ'), FREQUENCIES, 'FREQ', line);
  if (frequency === null) refuse('Give the recurrence rule a FREQ.', line);
  const count = positive(parts.get('COUNT'), 'COUNT', line);
  const until = parts.get('UNTIL');
  if (count !== null && until !== undefined) refuse('Use COUNT or UNTIL in a recurrence rule, not both.', line);
  const rule: RecurrenceRule = {
    frequency,
    interval: positive(parts.get('INTERVAL'), 'INTERVAL', line) ?? 1,
    count,
    until: until === undefined ? null : readPlainTime(until, 'UNTIL', line),
    weekStart: oneOf(parts.get('WKST'), WEEKDAYS, 'WKST', line) ?? 'MO',
    skip: readSkip(parts, line),
    parts: byParts(parts, line),
  };
  refuseForbiddenParts(rule, line);
  return rule;
}

function ruleParts(text: string, line: number): Map<string, string> {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    if (equals <= 0) refuse(`Write "${part.slice(0, 40)}" of the recurrence rule as NAME=value.`, line);
    const name = part.slice(0, equals);
    if (!KNOWN.has(name) && !name.startsWith('X-')) refuse(`Remove the unknown part ${name} from the rule.`, line);
    if (parts.has(name)) refuse(`Give ${name} once in a recurrence rule.`, line);
    parts.set(name, part.slice(equals + 1));
  }
  return parts;
}

const RANGES = {
  BYSECOND: [0, 60],
  BYMINUTE: [0, 59],
  BYHOUR: [0, 23],
  BYMONTHDAY: [-31, 31],
  BYYEARDAY: [-366, 366],
  BYWEEKNO: [-53, 53],
  BYMONTH: [1, 12],
  BYSETPOS: [-366, 366],
} as const;
type NumericPart = keyof typeof RANGES;

const KNOWN: ReadonlySet<string> = new Set([
  ...['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY', 'RSCALE', 'SKIP'],
  ...Object.keys(RANGES),
]);

function byParts(parts: ReadonlyMap<string, string>, line: number): RuleParts {
  const found: Record<string, readonly number[] | readonly string[]> = {};
  const put = (key: string, list: readonly number[] | readonly string[] | null) => {
    if (list !== null) found[key] = list;
  };
  put('bySecond', numbers(parts, 'BYSECOND', line)?.map((second) => Math.min(second, 59)) ?? null);
  put('byMinute', numbers(parts, 'BYMINUTE', line));
  put('byHour', numbers(parts, 'BYHOUR', line));
  put('byDay', weekdays(parts.get('BYDAY'), line));
  put('byMonthDay', numbers(parts, 'BYMONTHDAY', line));
  put('byYearDay', numbers(parts, 'BYYEARDAY', line));
  put('byWeekNo', numbers(parts, 'BYWEEKNO', line));
  put('byMonth', numbers(parts, 'BYMONTH', line));
  put('bySetPos', numbers(parts, 'BYSETPOS', line));
  return found as RuleParts;
}

function numbers(parts: ReadonlyMap<string, string>, name: NumericPart, line: number): readonly number[] | null {
  const text = parts.get(name);
  if (text === undefined) return null;
  const [low, high] = RANGES[name];
  const values = text.split(',').map((item) => {
    const value = /^[+-]?\d{1,3}$/.test(item) ? Number(item) : Number.NaN;
    const inRange = value >= low && value <= high && (value !== 0 || low === 0);
    if (!inRange) refuse(`Give ${name} values from ${low} to ${high}${low < 0 ? ' except 0' : ''}.`, line);
    return value;
  });
  return [...new Set(values)].sort((a, b) => a - b);
}

function weekdays(text: string | undefined, line: number): readonly string[] | null {
  if (text === undefined) return null;
  const days = text.split(',').map((item) => {
    const found = /^([+-]?)(\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)$/.exec(item.trim());
    const ordinal = Number(found?.[2] ?? 1);
    if (found === null || ordinal < 1 || ordinal > 53) refuse('Write BYDAY as in MO or -1FR.', line);
    return found[2] === undefined ? (found[3] as string) : `${found[1] === '-' ? '-' : ''}${ordinal}${found[3]}`;
  });
  return [...new Set(days)];
}

function positive(text: string | undefined, name: string, line: number): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,9}$/.test(text) || Number(text) === 0) refuse(`Give ${name} a whole number from 1 on.`, line);
  return Number(text);
}

function oneOf<T extends string>(text: string | undefined, list: readonly T[], name: string, line: number): T | null {
  if (text === undefined) return null;
  const found = list.find((item) => item === text);
  if (found === undefined) refuse(`Give ${name} one of ${list.join(', ')}.`, line);
  return found;
}

/**
 * RFC 7529 4: SKIP needs RSCALE; only the Gregorian calendar is supported. Null where it changes nothing: with OMIT,
 * and in rules of days, weeks and less, which meet no day that does not exist.
 */
function readSkip(parts: ReadonlyMap<string, string>, line: number): RecurrenceRule['skip'] {
  const scale = parts.get('RSCALE');
  if (scale !== undefined && scale !== 'GREGORIAN' && scale !== 'GREGORY') refuse('Use RSCALE=GREGORIAN.', line);
  const skip = oneOf(parts.get('SKIP'), SKIPS, 'SKIP', line);
  if (skip !== null && scale === undefined) refuse('Give RSCALE together with SKIP.', line);
  const frequency = parts.get('FREQ');
  return skip === 'OMIT' || (frequency !== 'MONTHLY' && frequency !== 'YEARLY') ? null : skip;
}

/** The notes on page 43 of RFC 5545 3.3.10. */
function refuseForbiddenParts({ frequency, parts }: RecurrenceRule, line: number): void {
  const forbid = (isThere: boolean, reason: string) => {
    if (isThere) refuse(reason, line);
  };
  const ordinals = parts.byDay?.some((day) => day.length > 2) ?? false;
  const rare = frequency !== 'MONTHLY' && frequency !== 'YEARLY';
  forbid(ordinals && rare, `Use BYDAY with numbers in MONTHLY or YEARLY rules, not in ${frequency}.`);
  forbid(ordinals && parts.byWeekNo !== undefined, 'Use BYDAY without numbers beside BYWEEKNO.');
  forbid(parts.byMonthDay !== undefined && frequency === 'WEEKLY', 'Use BYMONTHDAY outside WEEKLY rules.');
  forbid(
    parts.byYearDay !== undefined && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency),
    `Use BYYEARDAY in YEARLY rules, not in ${frequency}.`,
  );
  forbid(parts.byWeekNo !== undefined && frequency !== 'YEARLY', 'Use BYWEEKNO in YEARLY rules only.');
  forbid(parts.bySetPos !== undefined && Object.keys(parts).length < 2, 'Use BYSETPOS beside another BY… part.');
}
