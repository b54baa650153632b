import { useState } from 'preact/hooks';
import { changeObject, createObject, deleteObject } from '../api/objects.js';
import { Refused } from '../api/request.js';
import type { Details, Task } from '../api/types.js';
import { ConflictDialog, type Conflict } from '../calendar/conflict-dialog.js';
import { mayAdd } from '../folders/folder-tree.js';
import { Dialog } from '../parts/dialog.js';
import { Field } from '../parts/field.js';
import { contentChanged, folders as folderStore, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { zone } from '../state/zone.js';
import { t } from '../text/t.js';

const whole = { recurrenceId: null, scope: 'all' } as const;

const statuses = [
  ['NEEDS-ACTION', 'statusOpen'],
  ['IN-PROCESS', 'statusInProcess'],
  ['COMPLETED', 'statusDone'],
  ['CANCELLED', 'statusCancelled'],
] as const;
const priorities = [
  [0, 'priorityNone'],
  [1, 'priorityHigh'],
  [5, 'priorityMedium'],
  [9, 'priorityLow'],
] as const;

/** Makes a task, or changes one. */
export function TaskEditor({ task, close }: { readonly task: Task | null; readonly close: () => void }) {
  const folders = useStore(folderStore).filter((each) => each.components.includes('VTODO') && mayAdd(each));
  const [conflict, setConflict] = useState<Conflict | null>(null);
  const isEditable = task === null || task.editable;
  const done = (text: string, undo: () => Promise<unknown>): void => {
    tell({ text, undo });
    contentChanged();
    close();
  };
  const save = async (form: FormData): Promise<void> => {
    const details = detailsOf(form, task);
    if (task === null) {
      const folder = folders.find(({ href }) => href === form.get('folder'));
      if (folder !== undefined) done(t('created'), (await createObject(folder, 'VTODO', details)).undo);
      return;
    }
    try {
      done(t('saved'), (await changeObject(task, details, whole)).undo);
    } catch (fault) {
      if (!(fault instanceof Refused) || fault.status !== 412) throw fault;
      setConflict({ ref: task, which: whole, mine: details, before: task });
    }
  };
  const remove = async (gone: Task): Promise<void> => done(t('deleted'), await deleteObject(gone, whole));
  if (conflict !== null) return <ConflictDialog conflict={conflict} close={close} />;
  return (
    <Dialog title={task === null ? t('newTask') : t('editTask')} close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget)).catch(tellFault);
        }}
      >
        <fieldset class="plain" disabled={!isEditable}>
          <TaskFields task={task} />
          {task === null ? (
            <Field label={t('folder')}>
              {(id) => (
                <select id={id} name="folder">
                  {folders.map(({ href, name }) => (
                    <option key={href} value={href}>
                      {name}
                    </option>
                  ))}
                </select>
              )}
            </Field>
          ) : null}
        </fieldset>
        <div class="actions">
          {task?.deletable === true ? (
            <button type="button" class="danger left" onClick={() => void remove(task).catch(tellFault)}>
              {t('delete')}
            </button>
          ) : null}
          <button type="button" onClick={close}>
            {t('cancel')}
          </button>
          <button type="submit" class="primary" disabled={!isEditable}>
            {t('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

const TaskFields = ({ task }: { readonly task: Task | null }) => (
  <>
    <Field label={t('title')}>
      {(id) => <input id={id} name="title" required autofocus value={task?.title ?? ''} />}
    </Field>
    <div class="pair">
      <Field label={t('dueDay')}>
        {(id) => <input id={id} name="day" type="date" value={task?.end?.local.slice(0, 10) ?? ''} />}
      </Field>
      <Field label={t('dueTime')}>
        {(id) => <input id={id} name="time" type="time" value={task?.end?.local.slice(11, 16) ?? ''} />}
      </Field>
    </div>
    <div class="pair">
      <Field label={t('status')}>
        {(id) => <Choice id={id} name="status" of={statuses} value={task?.status ?? 'NEEDS-ACTION'} />}
      </Field>
      <Field label={t('priority')}>
        {(id) => <Choice id={id} name="priority" of={priorities} value={nearest(task?.priority ?? 0)} />}
      </Field>
    </div>
    <Field label={t('percent')}>
      {(id) => <input id={id} name="percent" type="number" min={0} max={100} step={5} value={task?.percent ?? 0} />}
    </Field>
    <Field label={t('description')}>
      {(id) => <textarea id={id} name="description" rows={4} value={task?.description ?? ''} />}
    </Field>
  </>
);

interface ChoiceProps {
  readonly id: string;
  readonly name: string;
  readonly of: readonly (readonly [string | number, Parameters<typeof t>[0]])[];
  readonly value: string | number;
}

const Choice = ({ id, name, of, value }: ChoiceProps) => (
  <select id={id} name={name} value={value}>
    {of.map(([each, text]) => (
      <option key={each} value={each}>
        {t(text)}
      </option>
    ))}
  </select>
);

const nearest = (priority: number): number => (priority === 0 ? 0 : priority < 5 ? 1 : priority === 5 ? 5 : 9);

/** What differs from the task as it was opened, and all of a new one. */
function detailsOf(form: FormData, task: Task | null): Partial<Details> {
  const text = (name: string): string => String(form.get(name) ?? '');
  const [day, time] = [text('day'), text('time')];
  const status = text('status');
  const end =
    day === ''
      ? null
      : { local: time === '' ? day : `${day}T${time}:00`, zone: time === '' ? null : (task?.end?.zone ?? zone.value) };
  const priority = Number(text('priority'));
  const details: Partial<Details> = {
    ...{ title: text('title').trim(), description: text('description'), end, status },
    percent: status === 'COMPLETED' ? 100 : Number(text('percent')),
    priority: task !== null && priority === nearest(task.priority ?? 0) ? task.priority : priority,
  };
  if (task === null) return details;
  const differs = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(task[name as keyof Details]);
  return Object.fromEntries(Object.entries(details).filter(differs));
}
