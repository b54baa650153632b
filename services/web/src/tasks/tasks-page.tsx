import { useEffect, useState } from 'preact/hooks';
import { changeObject, readObject } from '../api/objects.js';
import { api } from '../api/request.js';
import type { Folder, Session, Task } from '../api/types.js';
import { colorOf } from '../folders/folder-tree.js';
import { Icon } from '../parts/icon.js';
import { hiddenFolders } from '../state/hidden-folders.js';
import { opening } from '../state/opening.js';
import { readFrom } from '../calendar/wall-time.js';
import { contentChanged, folders as folderStore, revision, tell, tellFault } from '../state/stores.js';
import { useStore } from '../state/store.js';
import { nowIn, zone } from '../state/zone.js';
import { formatLocal } from '../text/format.js';
import { t } from '../text/t.js';
import { sortTasks } from './sort-tasks.js';
import { TaskEditor } from './task-editor.js';
import { isDone, isShown, statuses } from './task-statuses.js';

interface Listed {
  readonly tasks: readonly Task[];
  /** There are others. */
  readonly more: boolean;
}

/** What is to be done, the most urgent first. */
export function TasksPage({ session }: { readonly session: Session }) {
  const changes = useStore(revision);
  const found = useStore(opening);
  const folders = useStore(folderStore);
  const hidden = useStore(hiddenFolders);
  const [answer, setAnswer] = useState<Listed | null>(null);
  const [filter, setFilter] = useState('todo');
  const [open, setOpen] = useState<Task | 'new' | null>(null);
  useEffect(() => {
    // An answer that comes late must not be shown over a newer one.
    let isLate = false;
    const show = (found: Listed): void => {
      if (!isLate) setAnswer(found);
    };
    api<Listed>('GET', `tasks?${new URLSearchParams({ zone: zone.value })}`).then(show, tellFault);
    return () => {
      isLate = true;
    };
  }, [changes]);
  useEffect(() => {
    if (found?.component !== 'VTODO') return;
    opening.set(null);
    readObject(found, found.recurrenceId).then(setOpen, tellFault);
  }, [found]);
  const known = new Map(folders.map((folder) => [`${folder.home}/${folder.segment}`, folder]));
  const folderOf = (task: Task): Folder | undefined => known.get(`${task.home}/${task.segment}`);
  const seen = (answer?.tasks ?? []).filter((task) => !hidden.has(folderOf(task)?.href ?? ''));
  const listed = sortTasks(seen.filter((task) => isShown(task, filter)));
  return (
    <div class="page tasks-page">
      <div class="bar">
        <button type="button" class="primary" onClick={() => setOpen('new')}>
          <Icon name="plus" />
          <span>{t('newTask')}</span>
        </button>
        <h1>{t('tasks')}</h1>
        <select
          class="filter"
          aria-label={t('shownTasks')}
          value={filter}
          onChange={({ currentTarget }) => setFilter(currentTarget.value)}
        >
          <option value="todo">{t('toDo')}</option>
          {statuses.map(([status, text]) => (
            <option key={status} value={status}>
              {t(text)}
            </option>
          ))}
          <option value="all">{t('allTasks')}</option>
        </select>
      </div>
      {answer !== null && listed.length === 0 ? (
        <p class="empty">{t(filter === 'todo' ? 'nothingToDo' : 'noSuchTask')}</p>
      ) : null}
      <ul class="tasks">
        {listed.map((task) => (
          <TaskRow key={task.href} task={task} folder={folderOf(task)} open={() => setOpen(task)} />
        ))}
      </ul>
      {answer?.more === true ? <p class="hint">{t('moreTasks', { count: answer.tasks.length })}</p> : null}
      {open === null ? null : (
        <TaskEditor
          task={open === 'new' ? null : open}
          session={session}
          close={() => setOpen((now) => (now === open ? null : now))}
        />
      )}
    </div>
  );
}

interface TaskRowProps {
  readonly task: Task;
  readonly folder: Folder | undefined;
  readonly open: () => void;
}

function TaskRow({ task, folder, open }: TaskRowProps) {
  const { title, end, percent, priority, editable, recurrenceId } = task;
  const name = title === '' ? t('untitled') : title;
  const due = end === null ? null : readFrom(zone.value, end);
  const isLate = due !== null && !isDone(task) && due < nowIn(zone.value).slice(0, due.length);
  return (
    <li class={isDone(task) ? 'is-done' : ''}>
      <input
        type="checkbox"
        aria-label={t('markDone', { title: name })}
        checked={isDone(task)}
        disabled={!editable}
        style={folder === undefined ? {} : { accentColor: colorOf(folder) }}
        onChange={(event) => void complete(task, event.currentTarget.checked).catch(tellFault)}
      />
      <button type="button" class="task" onClick={open}>
        <span class="task-title">{name}</span>
        <span class="task-facts">
          {due === null ? null : <span class={isLate ? 'is-late' : ''}>{t('dueOn', { day: formatLocal(due) })}</span>}
          {priority !== null && priority > 0 && priority < 5 ? <span class="is-urgent">{t('urgent')}</span> : null}
          {percent !== null && percent > 0 && percent < 100 ? <span>{percent} %</span> : null}
          {recurrenceId === null ? null : <span>{t('repeats')}</span>}
          {folder === undefined ? null : <span>{folder.name}</span>}
        </span>
      </button>
    </li>
  );
}

async function complete(task: Task, done: boolean): Promise<void> {
  const changes = { status: done ? 'COMPLETED' : 'NEEDS-ACTION', percent: done ? 100 : 0 };
  const { recurrenceId } = task;
  const which = { recurrenceId, scope: recurrenceId === null ? 'all' : 'this' } as const;
  const { undo } = await changeObject(task, changes, which);
  tell({ text: done ? t('done') : t('saved'), undo });
  contentChanged();
}
