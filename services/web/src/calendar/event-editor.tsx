import { useState } from 'preact/hooks';
import type { Scope } from '../api/objects.js';
import type { Session } from '../api/types.js';
import { isCalendar, mayAdd } from '../folders/folder-tree.js';
import { Confirm, Dialog } from '../parts/dialog.js';
import { folders as folderStore } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { t } from '../text/t.js';
import { AttachmentFields } from './attachment-fields.js';
import { ConflictDialog } from './conflict-dialog.js';
import { EventFacts } from './event-facts.js';
import { EventFields } from './event-fields.js';
import { allScopes, ScopeDialog } from './scope-dialog.js';
import { type Asking, type Editing, useEditing } from './use-editing.js';
import type { EditorTarget } from './use-opened.js';

interface EventEditorProps {
  readonly target: EditorTarget;
  readonly session: Session;
  readonly close: () => void;
}

/** Only a series is repeated, not one of its occurrences. */
const scopesFor = (asking: Asking): readonly Scope[] =>
  asking.of === 'save' && asking.changes.rule !== undefined ? ['future', 'all'] : allScopes;

/** Makes an appointment, or shows and changes one. */
export function EventEditor({ target, session, close }: EventEditorProps) {
  const editing = useEditing({ target, close });
  const { read, form, asking, conflict, isTouched, change, choose, ask } = editing;
  const [isLeaving, setLeaving] = useState(false);
  const leave = (): void => (isTouched ? setLeaving(true) : close());
  if (form === null) return null;
  const title = read === null ? t('newEvent') : read.editable ? t('editEvent') : t('event');
  return (
    <Dialog title={title} close={leave} wide>
      {read !== null && !read.editable ? (
        <EventFacts
          details={read}
          session={session}
          remind={(reminders) => void change({ recurrenceId: null, scope: 'all' }, { reminders })}
        />
      ) : (
        <EditorForm editing={editing} session={session} close={close} />
      )}
      {asking === null ? null : (
        <ScopeDialog
          title={asking.of === 'save' ? t('changeSeries') : t('deleteSeries')}
          scopes={scopesFor(asking)}
          choose={choose}
          close={() => ask(null)}
        />
      )}
      {conflict === null ? null : (
        <ConflictDialog conflict={conflict} kept={editing.kept} left={editing.left} close={editing.endConflict} />
      )}
      {isLeaving ? (
        <Confirm
          title={t('discard')}
          text={t('discardText')}
          action={t('discard')}
          run={close}
          close={() => setLeaving(false)}
        />
      ) : null}
    </Dialog>
  );
}

interface EditorFormProps {
  readonly editing: Editing;
  readonly session: Session;
  readonly close: () => void;
}

function EditorForm({ editing, session, close }: EditorFormProps) {
  const { read, form, files, isBusy, isRecurring, setForm, save, remove, ask } = editing;
  const folders = useStore(folderStore).filter((folder) => isCalendar(folder) && mayAdd(folder));
  const [chosenFolder, setFolder] = useState('');
  const usual = folders.find(({ role }) => role !== null) ?? folders[0];
  const where = folders.find(({ href }) => href === chosenFolder) ?? usual;
  if (form === null) return null;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save(where);
      }}
    >
      <EventFields
        form={form}
        change={(next) => setForm({ ...form, ...next })}
        session={session}
        folders={read === null ? folders : null}
        folder={where?.href ?? ''}
        setFolder={setFolder}
      />
      <AttachmentFields
        {...files}
        attachments={(read?.attachments ?? []).filter(({ managedId }) => !files.removed.includes(managedId ?? ''))}
        isSeries={isRecurring}
      />
      <div class="actions">
        {read?.deletable === true ? (
          <button
            type="button"
            class="danger left"
            onClick={() => (read.recurrenceId === null ? void remove('all') : ask({ of: 'delete' }))}
          >
            {t('delete')}
          </button>
        ) : null}
        <button type="button" onClick={close}>
          {t('cancel')}
        </button>
        <button type="submit" class="primary" disabled={isBusy}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}
