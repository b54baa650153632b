import { useEffect, useState } from 'preact/hooks';
import { changeObject, createObject, deleteObject, type Occurrence, readObject, type Scope } from '../api/objects.js';
import { Refused } from '../api/request.js';
import type { CalendarEvent, Details, ReadObject, Session } from '../api/types.js';
import { isCalendar, mayAdd } from '../folders/folder-tree.js';
import { Dialog } from '../parts/dialog.js';
import { contentChanged, folders as folderStore, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone as zoneStore } from '../state/zone.js';
import { t } from '../text/t.js';
import type { Conflict } from './conflict-dialog.js';
import { EventFields } from './event-fields.js';
import { changesOf, detailsOfForm, type EventForm, formOf, newForm } from './event-form.js';
import { EventFacts } from './event-facts.js';
import { ScopeDialog } from './scope-dialog.js';

export type EditorTarget =
  | { readonly kind: 'new'; readonly start: string; readonly end: string }
  | { readonly kind: 'open'; readonly event: CalendarEvent };

interface EventEditorProps {
  readonly target: EditorTarget;
  readonly session: Session;
  readonly conflict: (conflict: Conflict) => void;
  readonly close: () => void;
}

type Asking = { readonly of: 'save'; readonly changes: Partial<Details> } | { readonly of: 'delete' };

/** Makes an appointment, or shows and changes one. */
export function EventEditor({ target, session, conflict, close }: EventEditorProps) {
  const folders = useStore(folderStore).filter((folder) => isCalendar(folder) && mayAdd(folder));
  const [chosenFolder, setFolder] = useState('');
  const usual = folders.find(({ role }) => role !== null) ?? folders[0];
  const where = folders.find(({ href }) => href === chosenFolder) ?? usual;
  const [read, setRead] = useState<ReadObject | null>(null);
  const [form, setForm] = useState<EventForm | null>(() =>
    target.kind === 'new' ? newForm(target.start, target.end, zoneStore.value) : null,
  );
  const [asking, setAsking] = useState<Asking | null>(null);
  const recurrenceId = target.kind === 'open' ? target.event.recurrenceId : null;

  useEffect(() => {
    if (target.kind === 'new') return;
    readObject(target.event, recurrenceId).then(
      (found) => {
        setRead(found);
        setForm(formOf(found, zoneStore.value));
      },
      (fault: unknown) => {
        tellFault(fault);
        close();
      },
    );
  }, [target]);

  const done = (text: string, undo: () => Promise<unknown>): void => {
    tell({ text, undo });
    contentChanged();
    close();
  };
  const change = async (which: Occurrence, changes: Partial<Details>): Promise<void> => {
    if (read === null) return;
    try {
      done(t('saved'), await changeObject(read, changes, which));
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      conflict({ ref: read, which, mine: changes });
      close();
    }
  };
  const save = async (): Promise<void> => {
    const details = form === null ? null : detailsOfForm(form);
    if (details === null) return tell({ text: t('endBeforeStart'), isFault: true });
    if (read === null) {
      if (where === undefined) tell({ text: t('noFolder'), isFault: true });
      else done(t('created'), await createObject(where, 'VEVENT', details));
      return;
    }
    const changes = changesOf(read, details);
    if (Object.keys(changes).length === 0) return close();
    // Only a whole series is repeated in another way.
    if (recurrenceId !== null) setAsking({ of: 'save', changes });
    else await change({ recurrenceId: null, scope: 'all' }, changes);
  };
  const remove = async (scope: Scope): Promise<void> => {
    if (read !== null) done(t('deleted'), await deleteObject(read, { recurrenceId, scope }));
  };
  const chosen = (scope: Scope): void => {
    const work = asking?.of === 'save' ? change({ recurrenceId, scope }, asking.changes) : remove(scope);
    work.catch(tellFault);
  };
  if (form === null) return null;
  const title = read === null ? t('newEvent') : read.editable ? t('editEvent') : t('event');
  return (
    <Dialog title={title} close={close} wide>
      {read !== null && !read.editable ? (
        <EventFacts
          details={read}
          session={session}
          remind={(reminders) => void change({ recurrenceId: null, scope: 'all' }, { reminders }).catch(tellFault)}
        />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            save().catch(tellFault);
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
          <div class="actions">
            {read?.deletable === true ? (
              <button
                type="button"
                class="danger left"
                onClick={() =>
                  recurrenceId === null ? void remove('all').catch(tellFault) : setAsking({ of: 'delete' })
                }
              >
                {t('delete')}
              </button>
            ) : null}
            <button type="button" onClick={close}>
              {t('cancel')}
            </button>
            <button type="submit" class="primary">
              {t('save')}
            </button>
          </div>
        </form>
      )}
      {asking === null ? null : (
        <ScopeDialog
          title={asking.of === 'save' ? t('changeSeries') : t('deleteSeries')}
          choose={chosen}
          close={() => setAsking(null)}
        />
      )}
    </Dialog>
  );
}
