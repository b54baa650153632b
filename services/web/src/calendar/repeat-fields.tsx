import { Field } from '../parts/field.js';
import { language, t } from '../text/t.js';
import { dayBy } from './event-form.js';
import {
  positionsOf,
  readRepetition,
  type Repetition,
  type SeriesClock,
  weekdayOf,
  weekdays,
  writeRepetition,
} from './recurrence.js';

interface RepeatFieldsProps {
  readonly rule: string | null;
  /** The first day. */
  readonly day: string;
  readonly clock: SeriesClock;
  readonly change: (rule: string | null) => void;
}

/** So long a series goes on before one has said how long. */
const usualDays = 30;

const frequencies = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const names = { DAILY: 'daily', WEEKLY: 'weekly', MONTHLY: 'monthly', YEARLY: 'yearly' } as const;

/** How an appointment is repeated. A rule that says more than these fields can stays as it is until another is chosen. */
export function RepeatFields({ rule, day, clock, change }: RepeatFieldsProps) {
  const repetition = rule === null ? null : readRepetition(rule, clock);
  const isOther = rule !== null && repetition === null;
  const choose = (value: string): void => {
    const frequency = frequencies.find((each) => each === value);
    if (value === 'other') return;
    if (frequency === undefined) return change(null);
    const days = frequency === 'WEEKLY' ? [weekdayOf(day)] : [];
    change(
      writeRepetition({ interval: 1, until: null, count: null, position: null, ...repetition, frequency, days }, clock),
    );
  };
  return (
    <>
      <Field label={t('repeat')}>
        {(id) => (
          <select
            id={id}
            value={isOther ? 'other' : (repetition?.frequency ?? '')}
            onChange={(event) => choose(event.currentTarget.value)}
          >
            <option value="">{t('never')}</option>
            {frequencies.map((each) => (
              <option key={each} value={each}>
                {t(names[each])}
              </option>
            ))}
            {isOther ? <option value="other">{t('otherRule')}</option> : null}
          </select>
        )}
      </Field>
      {repetition === null ? null : (
        <Details
          repetition={repetition}
          day={day}
          change={(next) => change(writeRepetition({ ...repetition, ...next }, clock))}
        />
      )}
    </>
  );
}

interface DetailsProps {
  readonly repetition: Repetition;
  /** The first day. */
  readonly day: string;
  readonly change: (changes: Partial<Repetition>) => void;
}

const dayName = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
const fullName = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
// 5 January 1970 was a Monday.
const dateOf = (index: number) => new Date((4 + index) * 86_400_000);

interface MonthFieldProps {
  readonly day: string;
  readonly position: string | null;
  readonly change: (position: string | null) => void;
}

const ordinals = { 1: 'first', 2: 'second', 3: 'third', 4: 'fourth', 5: 'fifth', [-1]: 'last' } as const;

function positionText(position: string): string {
  const ordinal = Number.parseInt(position, 10) as keyof typeof ordinals;
  const index = weekdays.findIndex((each) => position.endsWith(each));
  return t('onWeekdayOfMonth', { nth: t(ordinals[ordinal]), weekday: fullName.format(dateOf(index)) });
}

/** By the day of the month, or by which of its weekdays that is. */
function MonthField({ day, position, change }: MonthFieldProps) {
  const offered = new Set([...positionsOf(day), ...(position === null ? [] : [position])]);
  return (
    <select
      aria-label={t('onDays')}
      value={position ?? ''}
      onChange={({ currentTarget }) => change(currentTarget.value === '' ? null : currentTarget.value)}
    >
      <option value="">{t('onDayOfMonth', { day: Number(day.slice(8)) })}</option>
      {[...offered].map((each) => (
        <option key={each} value={each}>
          {positionText(each)}
        </option>
      ))}
    </select>
  );
}

function Details({ repetition, day: first, change }: DetailsProps) {
  const { frequency, interval, days, until, count } = repetition;
  const toggle = (day: string) =>
    change({ days: days.includes(day) ? days.filter((each) => each !== day) : [...days, day] });
  const ending = until !== null ? 'until' : count !== null ? 'count' : '';
  const end = (value: string) =>
    change({ until: value === 'until' ? dayBy(first, usualDays) : null, count: value === 'count' ? 10 : null });
  return (
    <div class="repeat">
      <label>
        {t('every')}
        <input
          type="number"
          min={1}
          max={999}
          value={interval}
          onChange={(event) => change({ interval: Math.max(1, Number(event.currentTarget.value)) })}
        />
        {t(`unit${frequency}`)}
      </label>
      {frequency === 'WEEKLY' ? (
        <div class="weekdays" role="group" aria-label={t('onDays')}>
          {weekdays.map((day, index) => (
            <button
              type="button"
              key={day}
              aria-pressed={days.includes(day)}
              title={fullName.format(dateOf(index))}
              onClick={() => toggle(day)}
            >
              {dayName.format(dateOf(index))}
            </button>
          ))}
        </div>
      ) : null}
      {repetition.frequency === 'MONTHLY' ? (
        <MonthField day={first} position={repetition.position} change={(position) => change({ position })} />
      ) : null}
      <label>
        {t('ends')}
        <select value={ending} onChange={(event) => end(event.currentTarget.value)}>
          <option value="">{t('endsNever')}</option>
          <option value="until">{t('endsOn')}</option>
          <option value="count">{t('endsAfter')}</option>
        </select>
      </label>
      {until === null ? null : (
        <input
          type="date"
          aria-label={t('lastDay')}
          value={until}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
      )}
      {count === null ? null : (
        <input
          type="number"
          aria-label={t('times')}
          min={1}
          max={999}
          value={count}
          onChange={(event) => change({ count: Math.max(1, Number(event.currentTarget.value)) })}
        />
      )}
    </div>
  );
}
