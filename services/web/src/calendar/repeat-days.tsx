import { language, t } from '../text/t.js';
import { positionsOf, weekdays } from './recurrence.js';

const dayName = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
const fullName = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
// 5 January 1970 was a Monday.
const dateOf = (index: number) => new Date((4 + index) * 86_400_000);

interface WeekdayButtonsProps {
  readonly days: readonly string[];
  readonly change: (days: readonly string[]) => void;
}

/** On which days of a week. */
export const WeekdayButtons = ({ days, change }: WeekdayButtonsProps) => (
  <div class="weekdays" role="group" aria-label={t('onDays')}>
    {weekdays.map((day, index) => (
      <button
        type="button"
        key={day}
        aria-pressed={days.includes(day)}
        title={fullName.format(dateOf(index))}
        onClick={() => change(days.includes(day) ? days.filter((each) => each !== day) : [...days, day])}
      >
        {dayName.format(dateOf(index))}
      </button>
    ))}
  </div>
);

interface MonthFieldProps {
  /** The first day. */
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
export function MonthField({ day, position, change }: MonthFieldProps) {
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
