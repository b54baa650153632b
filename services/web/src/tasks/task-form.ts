import type { Details, Time } from '../api/types.js';
import { onWall, readFrom } from '../calendar/wall-time.js';

type TaskDetails = Omit<Details, 'attendees'>;

/** What the fields of a task hold. */
export interface TaskForm {
  readonly title: string;
  readonly description: string;
  /** Empty where it is never due. */
  readonly day: string;
  /** Empty for the whole day. */
  readonly time: string;
  readonly status: string;
  /** One of those that are offered: 0, 1, 5, 9 (RFC 5545 3.8.1.9). */
  readonly priority: number;
  readonly percent: number;
  /** Minutes before it is due. */
  readonly reminders: readonly number[];
}

const nearest = (priority: number): number => (priority === 0 ? 0 : priority < 5 ? 1 : priority === 5 ? 5 : 9);

/** @param zone on whose wall times are shown, as in the list */
export function formOfTask(task: TaskDetails | null, zone: string): TaskForm {
  const due = task?.end == null ? '' : readFrom(zone, task.end);
  return {
    title: task?.title ?? '',
    description: task?.description ?? '',
    day: due.slice(0, 10),
    time: due.slice(11).replace(/:00$/, ''),
    status: task?.status ?? 'NEEDS-ACTION',
    priority: nearest(task?.priority ?? 0),
    percent: task?.percent ?? 0,
    reminders: task?.reminders ?? [],
  };
}

/** A task that is done is so by a hundred percent, and one that is taken up again is not. */
export function withStatus(form: TaskForm, status: string): TaskForm {
  if (status === 'COMPLETED') return { ...form, status, percent: 100 };
  return { ...form, status, percent: form.percent === 100 ? 0 : form.percent };
}

/** What differs from the form as it was opened, and all of a new one. @param zone on whose wall times are shown */
export function taskChanges(task: TaskDetails | null, form: TaskForm, zone: string): Partial<Details> {
  const opened = formOfTask(task, zone);
  const isSame = (...names: readonly (keyof TaskForm)[]): boolean =>
    task !== null && names.every((name) => JSON.stringify(form[name]) === JSON.stringify(opened[name]));
  const { description, status, priority, percent } = form;
  const reminders = form.day === '' ? [] : form.reminders;
  return {
    ...(isSame('title') ? {} : { title: form.title.trim() }),
    ...(isSame('description') ? {} : { description }),
    ...(isSame('day', 'time') ? {} : { end: dueOf(form, task?.end ?? null, zone) }),
    ...(isSame('status') ? {} : { status }),
    ...(isSame('priority') ? {} : { priority }),
    ...(isSame('percent') ? {} : { percent }),
    ...(isSame('reminders', 'day') ? {} : { reminders }),
  };
}

function dueOf({ day, time }: TaskForm, before: Time | null, zone: string): Time | null {
  if (day === '') return null;
  if (time === '') return { local: day, zone: null };
  const local = `${day}T${time.length > 5 ? time : `${time}:00`}`;
  if (before === null || before.local.length === 10) return { local, zone };
  const { zone: own } = before;
  return { local: own === null ? local : onWall(local, zone, own), zone: own };
}
