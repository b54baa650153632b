import type { Session } from '../api/types.js';
import { FolderField } from '../folders/folder-field.js';
import type { Place } from '../folders/use-place.js';
import { Field } from '../parts/field.js';
import { ListField } from '../parts/list-field.js';
import { allZones } from '../state/zone.js';
import { t } from '../text/t.js';
import { type EventForm, seriesClock, withClock, withStart } from './event-form.js';
import { ParticipantFields } from './participant-fields.js';
import { ReminderFields } from './reminder-fields.js';
import { RepeatFields } from './repeat-fields.js';

interface EventFieldsProps {
  readonly form: EventForm;
  readonly change: (changes: Partial<EventForm>) => void;
  readonly session: Session;
  readonly place: Place;
  readonly placeHint: string | undefined;
}

export function EventFields({ form, change, session, place, placeHint }: EventFieldsProps) {
  const text = (name: 'title' | 'location', label: string) => (
    <Field label={label}>
      {(id) => (
        <input
          id={id}
          value={form[name]}
          autofocus={name === 'title'}
          onInput={(event) => change({ [name]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <div class="event-fields">
      {text('title', t('title'))}
      {place.folders.length === 0 ? null : (
        <FolderField
          {...{ label: t('calendar'), folders: place.folders, folder: place.folder?.href ?? '' }}
          hint={placeHint}
          choose={place.choose}
        />
      )}
      <Check label={t('allDay')} isOn={form.allDay} set={(allDay) => change(withClock(form, { allDay }))} />
      <TimeFields form={form} change={change} />
      <RepeatFields
        rule={form.rule}
        day={form.startDay}
        clock={seriesClock(form)}
        change={(rule) => change({ rule })}
      />
      {text('location', t('location'))}
      <ReminderFields reminders={form.reminders} session={session} change={(reminders) => change({ reminders })} />
      <Field label={t('description')}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            value={form.description}
            onInput={(event) => change({ description: event.currentTarget.value })}
          />
        )}
      </Field>
      <ListField
        label={t('categories')}
        entries={form.categories.map((name) => ({ name }))}
        add={(name) => form.categories.includes(name) || change({ categories: [...form.categories, name] })}
        remove={(index) => change({ categories: form.categories.filter((_, at) => at !== index) })}
      />
      <ParticipantFields
        attendees={form.attendees}
        isPrivate={form.isPrivate}
        session={session}
        change={(attendees) => change({ attendees })}
      />
      <div class="checks">
        <Check label={t('private')} isOn={form.isPrivate} set={(isPrivate) => change({ isPrivate })} />
        <Check label={t('free')} isOn={form.isFree} set={(isFree) => change({ isFree })} />
      </div>
    </div>
  );
}

interface CheckProps {
  readonly label: string;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
}

const Check = ({ label, isOn, set }: CheckProps) => (
  <label class="check">
    <input type="checkbox" checked={isOn} onChange={({ currentTarget }) => set(currentTarget.checked)} />
    {label}
  </label>
);

function TimeFields({ form, change }: Pick<EventFieldsProps, 'form' | 'change'>) {
  const { allDay, startDay, startTime, endDay, endTime } = form;
  return (
    <>
      <fieldset class="time">
        <legend>{t('start')}</legend>
        <input
          type="date"
          aria-label={t('startDay')}
          required
          value={startDay}
          onChange={given((day) => change(withStart(form, day, startTime)))}
        />
        {allDay ? null : (
          <input
            type="time"
            aria-label={t('startTime')}
            required
            step={stepOf(startTime)}
            value={startTime}
            onChange={given((time) => change(withStart(form, startDay, time)))}
          />
        )}
        {allDay ? null : (
          <Zone
            label={t('startZone')}
            value={form.startZone}
            change={(id) =>
              change(withClock(form, { startZone: id, endZone: form.endZone === form.startZone ? id : form.endZone }))
            }
          />
        )}
      </fieldset>
      <fieldset class="time">
        <legend>{t('end')}</legend>
        <input
          type="date"
          aria-label={t('endDay')}
          required
          value={endDay}
          onChange={given((day) => change({ endDay: day }))}
        />
        {allDay ? null : (
          <input
            type="time"
            aria-label={t('endTime')}
            required
            step={stepOf(endTime)}
            value={endTime}
            onChange={given((time) => change({ endTime: time }))}
          />
        )}
        {allDay ? null : <Zone label={t('endZone')} value={form.endZone} change={(id) => change({ endZone: id })} />}
      </fieldset>
    </>
  );
}

/** What is half typed is no day and no time yet: the form keeps the one that it has, and the browser asks for the rest. */
const given =
  (take: (value: string) => void) =>
  ({ currentTarget: { value } }: { readonly currentTarget: HTMLInputElement }): void => {
    if (value !== '') take(value);
  };

/** Seconds are shown where there are some. */
const stepOf = (clock: string): number => (clock.length > 5 ? 1 : 60);

interface ZoneProps {
  readonly label: string;
  readonly value: string | null;
  readonly change: (id: string | null) => void;
}

const Zone = ({ label, value, change }: ZoneProps) => (
  <select aria-label={label} value={value ?? ''} onChange={({ currentTarget }) => change(currentTarget.value || null)}>
    <option value="">{t('floating')}</option>
    {(value === null || allZones.includes(value) ? allZones : [value, ...allZones]).map((id) => (
      <option key={id} value={id}>
        {id}
      </option>
    ))}
  </select>
);
