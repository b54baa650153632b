import { useState } from 'preact/hooks';
import { changeObject, createObject, deleteObject } from '../api/objects.js';
import { Refused } from '../api/request.js';
import type { Session, Task } from '../api/types.js';
import { ConflictDialog, type Conflict } from '../calendar/conflict-dialog.js';
import { ReminderFields } from '../calendar/reminder-fields.js';
import { FolderField } from '../folders/folder-field.js';
import { mayAdd, usualFolder } from '../folders/folder-tree.js';
import { Confirm, Dialog } from '../parts/dialog.js';
import { FormActions } from '../parts/form-actions.js';
import { Field } from '../parts/field.js';
import { contentChanged, folders as folderStore, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone } from '../state/zone.js';
import { t } from '../text/t.js';
import { formOfTask, taskChanges, type TaskForm, withStatus } from './task-form.js';
import { statuses } from './task-statuses.js';

const whole = { recurrenceId: null, scope: 'all' } as const;

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
  const folders = useStore(folderStore).filter((each) => each.components.includes('VTODO') && mayAdd(each));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const [form, setForm] = useState(() => formOfTask(task));
  const [chosenFolder, setFolder] = useState('');
  const where = folders.find(({ href }) => href === chosenFolder) ?? usualFolder(folders);
  const [isBusy, setBusy] = useState(false);
  const [isLeaving, setLeaving] = useState(false);
  const isTouched = JSON.stringify(form) !== JSON.stringify(formOfTask(task));
  const isEditable = task === null || task.editable;
  const done = (text: string, undo: () => Promise<unknown>): void => {
    tell({ text, undo });
    contentChanged();
    close();
  };
  const save = async (): Promise<void> => {
    const details = taskChanges(task, form, zone.value);
    if (task === null) {
      if (where === undefined) tell({ text: t('noFolder'), isFault: true });
      else done(t('created'), (await createObject(where, 'VTODO', details)).undo);
      return;
    }
    if (Object.keys(details).length === 0) return close();
    try {
      done(t('saved'), (await changeObject(task, details, whole)).undo);
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      setConflict({ ref: task, which: whole, mine: details, before: task });
    }
  };
  const busy = (work: Promise<void>): void => {
    setBusy(true);
    void work.catch(tellFault).finally(() => setBusy(false));
  };
  const remove = async (gone: Task): Promise<void> => done(t('deleted'), await deleteObject(gone, whole));
  if (conflict !== null) return <ConflictDialog conflict={conflict} close={close} />;
  return (
    <Dialog title={task === null ? t('newTask') : t('editTask')} close={() => (isTouched ? setLeaving(true) : close())}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          busy(save());
        }}
      >
        <fieldset class="plain" disabled={!isEditable}>
          <TaskFields form={form} change={setForm} />
          {task === null ? (
            <FolderField label={t('folder')} folders={folders} folder={where?.href ?? ''} choose={setFolder} />
          ) : null}
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
          remove={task?.deletable === true ? () => busy(remove(task)) : null}
        />
      </form>
      {isLeaving ? (
        <Confirm
          {...{ title: t('discard'), text: t('discardText'), action: t('discard') }}
          run={close}
          close={() => setLeaving(false)}
        />
      ) : null}
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
