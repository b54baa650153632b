import { useState } from 'preact/hooks';
import type { ReadObject, Session } from '../api/types.js';
import { folders } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone as zoneStore } from '../state/zone.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';
import { AttachmentRow } from './attachment-fields.js';
import { dayBy } from './event-form.js';
import { nameOf, statusText } from './participant-fields.js';
import { ReminderFields } from './reminder-fields.js';
import { readFrom } from './wall-time.js';

interface EventFactsProps {
  readonly details: ReadObject;
  readonly session: Session;
  /** Keeps reminders of one's own, which everybody may have who sees an appointment (R6). */
  readonly remind: (reminders: readonly number[]) => void;
}

/** An appointment that one may look at, but not change; of a private one there is nothing but its time (V4). */
export function EventFacts({ details, session, remind }: EventFactsProps) {
  const zone = useStore(zoneStore);
  const folder = useStore(folders).find(({ home, segment }) => home === details.home && segment === details.segment);
  const [reminders, setReminders] = useState(details.reminders);
  const { title, start, end, location, description, categories, organizer, attendees, attachments, masked } = details;
  const rows = [
    [t('start'), start === null ? '' : formatLocal(readFrom(zone, start))],
    [t('end'), end === null ? '' : formatLocal(end.local.length === 10 ? dayBy(end.local, -1) : readFrom(zone, end))],
    [t('location'), location],
    [t('description'), description],
    [t('categories'), categories.join(', ')],
    [t('organizer'), organizer === null ? '' : nameOf(organizer)],
    [t('participants'), attendees.map((each) => `${nameOf(each)} (${statusText(each)})`).join(', ')],
  ].filter(([, value]) => value !== '');
  return (
    <>
      <p class="event-title">{masked ? t('busy') : title}</p>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {attachments.length === 0 ? null : (
        <ul class="attachments" aria-label={t('attachments')}>
          {attachments.map((each) => (
            <AttachmentRow key={each.href} attachment={each} />
          ))}
        </ul>
      )}
      <p class="hint">{t(!masked ? 'readOnlyHint' : folder?.right === 'see-busy' ? 'busyOnlyHint' : 'maskedHint')}</p>
      {masked ? null : (
        <>
          <ReminderFields reminders={reminders} session={session} change={setReminders} />
          <div class="actions">
            <button type="button" class="primary" onClick={() => remind(reminders)}>
              {t('save')}
            </button>
          </div>
        </>
      )}
    </>
  );
}
