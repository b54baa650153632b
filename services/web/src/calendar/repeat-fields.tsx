import { Field } from '../parts/field.js';
import { t } from '../text/t.js';
import { dayBy } from './event-form.js';
import { readRepetition, type Repetition, type SeriesClock, weekdayOf, writeRepetition } from './recurrence.js';
import { MonthField, WeekdayButtons } from './repeat-days.js';

interface RepeatFieldsProps {
  readonly rule: string | null;
  /** The first day. */
  readonly day: string;
  readonly clock: SeriesClock;
  readonly change: (rule: string | null) => void;
}

/** So long a series goes on before one has said how long. */
const usualDays = 30;

const once = { interval: 1, until: null, count: null, weekStart: null, position: null };

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
    change(writeRepetition({ ...once, ...repetition, frequency, days }, clock));
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

function Details({ repetition, day: first, change }: DetailsProps) {
  const { frequency, interval, days, position } = repetition;
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
        {t(interval === 1 ? `one${frequency}` : `unit${frequency}`)}
      </label>
      {frequency === 'WEEKLY' ? (
        <WeekdayButtons
          days={days.length === 0 ? [weekdayOf(first)] : days}
          change={(next) => change({ days: next })}
        />
      ) : null}
      {frequency === 'MONTHLY' ? (
        <MonthField day={first} position={position} change={(next) => change({ position: next })} />
      ) : null}
      <EndFields repetition={repetition} day={first} change={change} />
    </div>
  );
}

/** Never, on a day, or after a number of occurrences. */
function EndFields({ repetition: { until, count }, day, change }: DetailsProps) {
  const ending = until !== null ? 'until' : count !== null ? 'count' : '';
  const end = (value: string) =>
    change({ until: value === 'until' ? dayBy(day, usualDays) : null, count: value === 'count' ? 10 : null });
  return (
    <>
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
          required
          value={until}
          onChange={({ currentTarget: { value } }) => value !== '' && change({ until: value })}
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
    </>
  );
}
