import { useState } from 'preact/hooks';
import { newId } from '../api/new-id.js';
import {
  type Change,
  changeObject,
  createObject,
  deleteObject,
  moveChanged,
  moveObject,
  readObject,
  type Scope,
} from '../api/objects.js';
import { Refused } from '../api/request.js';
import type { Details, Folder, ObjectRef, Session, Task } from '../api/types.js';
import { ConflictDialog, type Conflict } from '../calendar/conflict-dialog.js';
import { ReminderFields } from '../calendar/reminder-fields.js';
import { type Asking, ScopeDialog, scopesFor } from '../calendar/scope-dialog.js';
import { FolderField } from '../folders/folder-field.js';
import { usePlace } from '../folders/use-place.js';
import { Dialog } from '../parts/dialog.js';
import { FormActions } from '../parts/form-actions.js';
import { Field } from '../parts/field.js';
import { useLeaving } from '../parts/leaving.js';
import { contentChanged, type Notice, tell, tellFault } from '../state/stores.js';
import { zone } from '../state/zone.js';
import { t } from '../text/t.js';
import { formOfTask, taskChanges, type TaskForm, withStatus } from './task-form.js';
import { statuses } from './task-statuses.js';

const priorities = [
  [0, 'priorityNone'],
  [1, 'priorityHigh'],
  [5, 'priorityMedium'],
  [9, 'priorityLow'],
] as const;

interface TaskEditorProps {
  /** Null: a new one. */
  readonly task: Task | null;
  readonly session: Session;
  readonly close: () => void;
}

/** Makes a task, or changes one. Reminders are everybody's own, also where one may only look (R6). */
export function TaskEditor({ task, session, close }: TaskEditorProps) {
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [asking, ask] = useState<Asking | null>(null);
  const recurrenceId = task?.recurrenceId ?? null;
  const [opened] = useState(() => formOfTask(task, zone.value));
  const [form, setForm] = useState(opened);
  const [id] = useState(newId);
  const { folders, folder, isMoved, choose } = usePlace(task, 'VTODO');
  const [isBusy, setBusy] = useState(false);
  const { leave, question } = useLeaving(isMoved || JSON.stringify(form) !== JSON.stringify(opened), close);
  const isEditable = task === null || task.editable;
  const done = (text: string, undo: Notice['undo']): void => {
    tell({ text, undo });
    contentChanged();
    close();
  };
  /** Where the folder refuses it, it is kept where it was. */
  const placed = async (changed: Change): Promise<void> => {
    if (!isMoved || folder === undefined) return done(t('saved'), changed.undo);
    const moved = await moveChanged(changed, folder).catch((fault: unknown) => {
      tellFault(fault);
      return changed;
    });
    done(t('saved'), moved.undo);
  };
  /** Nothing is written over by going elsewhere, so what others have changed meanwhile goes along. */
  const goAlone = async (ref: ObjectRef, to: Folder): Promise<void> =>
    done(t('moved', { title: form.title }), (await moveObject(await readObject(ref, null), to)).undo);
  const change = async (ref: Task, mine: Partial<Details>, scope: Scope): Promise<void> => {
    const which = { recurrenceId, scope };
    try {
      await placed(await changeObject(ref, mine, which));
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      setConflict({ ref, which, mine, before: ref });
    }
  };
  const save = async (): Promise<void> => {
    const details = taskChanges(task, form, zone.value);
    if (folder === undefined) return tell({ text: t('noFolder'), isFault: true });
    if (task === null)
      return done(t('created'), (await createObject(folder, { id, component: 'VTODO' }, details)).undo);
    if (Object.keys(details).length === 0) return isMoved ? goAlone(task, folder) : close();
    // Reminders of one's own are of all occurrences where one may only look: others see no other ones (R6).
    if (recurrenceId !== null && isEditable) return ask({ of: 'save', changes: details });
    await change(task, details, 'all');
  };
  const busy = (work: Promise<void>): void => {
    setBusy(true);
    void work.catch(tellFault).finally(() => setBusy(false));
  };
  const remove = async (gone: Task, scope: Scope): Promise<void> =>
    done(t('deleted'), await deleteObject(gone, { recurrenceId, scope }));
  if (conflict !== null) return <ConflictDialog conflict={conflict} kept={placed} close={close} />;
  return (
    <Dialog title={task === null ? t('newTask') : t('editTask')} close={leave}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          busy(save());
        }}
      >
        <fieldset class="plain" disabled={!isEditable}>
          <TaskFields form={form} change={setForm} />
          {folders.length === 0 ? null : (
            <FolderField label={t('folder')} folders={folders} folder={folder?.href ?? ''} choose={choose} />
          )}
        </fieldset>
        {form.day === '' ? null : (
          <ReminderFields
            of="task"
            reminders={form.reminders}
            session={session}
            change={(reminders) => setForm({ ...form, reminders })}
          />
        )}
        <FormActions
          close={close}
          isBusy={isBusy}
          remove={
            task?.deletable === true
              ? () => (recurrenceId === null ? busy(remove(task, 'all')) : ask({ of: 'delete' }))
              : null
          }
        />
      </form>
      {asking === null || task === null ? null : (
        <ScopeDialog
          title={asking.of === 'save' ? t('changeSeries') : t('deleteSeries')}
          scopes={scopesFor(asking, isMoved)}
          choose={(scope) => busy(asking.of === 'save' ? change(task, asking.changes, scope) : remove(task, scope))}
          close={() => ask(null)}
        />
      )}
      {question}
    </Dialog>
  );
}

interface TaskFieldsProps {
  readonly form: TaskForm;
  readonly change: (form: TaskForm) => void;
}

const TaskFields = ({ form, change }: TaskFieldsProps) => {
  const input = (name: 'title' | 'day' | 'time', more: object) => (id: string) => (
    <input
      {...{ id, value: form[name], ...more }}
      onInput={({ currentTarget }) => change({ ...form, [name]: currentTarget.value })}
    />
  );
  return (
    <>
      <Field label={t('title')}>{input('title', { required: true, autofocus: true })}</Field>
      <div class="pair">
        <Field label={t('dueDay')}>{input('day', { type: 'date' })}</Field>
        <Field label={t('dueTime')}>
          {input('time', { type: 'time', step: form.time.length > 5 ? 1 : 60, disabled: form.day === '' })}
        </Field>
      </div>
      <div class="pair">
        <Field label={t('status')}>
          {(id) => (
            <Choice id={id} of={statuses} value={form.status} choose={(status) => change(withStatus(form, status))} />
          )}
        </Field>
        <Field label={t('priority')}>
          {(id) => (
            <Choice
              {...{ id, of: priorities, value: form.priority }}
              choose={(priority) => change({ ...form, priority: Number(priority) })}
            />
          )}
        </Field>
      </div>
      <Field label={t('percent')}>
        {(id) => (
          <input
            {...{ id, type: 'number', min: 0, max: 100, value: form.percent }}
            onInput={({ currentTarget }) => change({ ...form, percent: Number(currentTarget.value) })}
          />
        )}
      </Field>
      <Field label={t('description')}>
        {(id) => (
          <textarea
            {...{ id, rows: 4, value: form.description }}
            onInput={({ currentTarget }) => change({ ...form, description: currentTarget.value })}
          />
        )}
      </Field>
    </>
  );
};

interface ChoiceProps {
  readonly id: string;
  readonly of: readonly (readonly [string | number, Parameters<typeof t>[0]])[];
  readonly value: string | number;
  readonly choose: (value: string) => void;
}

const Choice = ({ id, of, value, choose }: ChoiceProps) => (
  <select id={id} value={value} onChange={({ currentTarget }) => choose(currentTarget.value)}>
    {of.map(([each, text]) => (
      <option key={each} value={each}>
        {t(text)}
      </option>
    ))}
  </select>
);
