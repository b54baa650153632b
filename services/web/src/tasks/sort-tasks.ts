import type { Task } from '../api/types.js';
import { isDone } from './task-statuses.js';

type Sorted = Pick<Task, 'end' | 'priority' | 'title' | 'status'>;

const last = '9999';
/** 1 is the highest; 0 and none say nothing (RFC 5545 3.8.1.9). */
const urgency = ({ priority }: Sorted): number => (priority === null || priority === 0 ? 5 : priority);

/** Open ones first, then by the day they are due, their priority, their name. */
export const sortTasks = <Each extends Sorted>(tasks: readonly Each[]): readonly Each[] =>
  tasks.toSorted(
    (a, b) =>
      Number(isDone(a)) - Number(isDone(b)) ||
      (a.end?.local ?? last).localeCompare(b.end?.local ?? last) ||
      urgency(a) - urgency(b) ||
      a.title.localeCompare(b.title),
  );
