import type { Session } from '../api/types.js';
import { Dialog } from '../parts/dialog.js';
import { FormActions } from '../parts/form-actions.js';
import { useLeaving } from '../parts/leaving.js';
import { t } from '../text/t.js';
import { AttachmentFields } from './attachment-fields.js';
import { ConflictDialog } from './conflict-dialog.js';
import { withChanges } from './event-form.js';
import { EventFacts } from './event-facts.js';
import { EventFields } from './event-fields.js';
import { ScopeDialog, scopesFor } from './scope-dialog.js';
import { type Editing, useEditing } from './use-editing.js';
import type { EditorTarget } from './use-opened.js';

interface EventEditorProps {
  readonly target: EditorTarget;
  readonly session: Session;
  readonly close: () => void;
}

/** Makes an appointment, or shows and changes one. */
export function EventEditor({ target, session, close }: EventEditorProps) {
  const editing = useEditing({ target, close });
  const { read, form, asking, conflict, isTouched, change, choose, ask } = editing;
  const { leave, question } = useLeaving(isTouched, close);
  if (form === null) return null;
  const title = read === null ? t('newEvent') : read.editable ? t('editEvent') : t('event');
  return (
    <Dialog title={title} close={leave} wide>
      {read !== null && !read.editable ? (
        <EventFacts
          details={read}
          session={session}
          remind={(reminders) => void change({ recurrenceId: read.recurrenceId, scope: 'all' }, { reminders })}
        />
      ) : (
        <EditorForm editing={editing} session={session} close={close} />
      )}
      {asking === null ? null : (
        <ScopeDialog
          title={asking.of === 'save' ? t('changeSeries') : t('deleteSeries')}
          scopes={scopesFor(asking, editing.place.isMoved)}
          choose={choose}
          close={() => ask(null)}
        />
      )}
      {conflict === null ? null : (
        <ConflictDialog conflict={conflict} kept={editing.kept} left={editing.left} close={editing.endConflict} />
      )}
      {question}
    </Dialog>
  );
}

interface EditorFormProps {
  readonly editing: Editing;
  readonly session: Session;
  readonly close: () => void;
}

function EditorForm({ editing, session, close }: EditorFormProps) {
  const { read, form, files, place, isBusy, isRecurring, setForm, save, remove, ask } = editing;
  if (form === null) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <EventFields
        form={form}
        change={(next) => setForm(read === null ? withChanges(form, next) : { ...form, ...next })}
        session={session}
        place={place}
        placeHint={place.isMoved && isRecurring ? t('seriesGoes') : undefined}
      />
      <AttachmentFields
        {...files}
        attachments={(read?.attachments ?? []).filter(({ managedId }) => !files.removed.includes(managedId ?? ''))}
        isSeries={isRecurring}
      />
      <FormActions
        close={close}
        isBusy={isBusy}
        remove={
          read?.deletable === true
            ? () => (read.recurrenceId === null ? void remove('all') : ask({ of: 'delete' }))
            : null
        }
      />
    </form>
  );
}
