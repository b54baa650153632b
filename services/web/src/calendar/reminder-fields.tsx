import type { Session } from '../api/types.js';
import { Icon } from '../parts/icon.js';
import { t } from '../text/t.js';

interface ReminderFieldsProps {
  /** Of an appointment before its start, of a task before it is due. */
  readonly of?: 'event' | 'task';
  readonly reminders: readonly number[];
  readonly session: Session;
  readonly change: (reminders: readonly number[]) => void;
}

const usual = [0, 5, 10, 15, 30, 60, 120, 1_440, 2_880, 10_080];

function beforeText(minutes: number, of: 'event' | 'task'): string {
  if (minutes === 0) return t(of === 'task' ? 'whenDue' : 'atStart');
  if (minutes % 10_080 === 0) return t('weeksBefore', { count: minutes / 10_080 });
  if (minutes % 1_440 === 0) return t('daysBefore', { count: minutes / 1_440 });
  if (minutes % 60 === 0) return t('hoursBefore', { count: minutes / 60 });
  return t('minutesBefore', { count: minutes });
}

/** Reminders, as many as the profile keeps. */
export function ReminderFields({ of = 'event', reminders, session, change }: ReminderFieldsProps) {
  const isOne = session.profile === 'groupware';
  const choices = [...new Set([...usual, ...reminders])].sort((a, b) => a - b);
  const put = (at: number, minutes: number) => change(reminders.map((each, index) => (index === at ? minutes : each)));
  return (
    <fieldset class="reminders">
      <legend>{t('reminders')}</legend>
      {reminders.map((minutes, at) => (
        <div key={at} class="reminder">
          <select
            aria-label={t('reminder')}
            value={minutes}
            onChange={(event) => put(at, Number(event.currentTarget.value))}
          >
            {choices.map((each) => (
              <option key={each} value={each}>
                {beforeText(each, of)}
              </option>
            ))}
          </select>
          <button
            type="button"
            class="icon-button"
            onClick={() => change(reminders.filter((_, index) => index !== at))}
          >
            <Icon name="close" label={t('removeReminder')} />
          </button>
        </div>
      ))}
      {isOne && reminders.length > 0 ? null : (
        <button type="button" class="quiet" onClick={() => change([...reminders, 15])}>
          <Icon name="plus" />
          {t('addReminder')}
        </button>
      )}
      {isOne ? <small class="hint">{t(of === 'task' ? 'oneReminderOfTask' : 'oneReminder')}</small> : null}
    </fieldset>
  );
}
