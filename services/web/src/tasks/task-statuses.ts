import type { t } from '../text/t.js';

/** The states of a task (RFC 5545 3.8.1.11), and what they are called. */
export const statuses = [
  ['NEEDS-ACTION', 'statusOpen'],
  ['IN-PROCESS', 'statusInProcess'],
  ['COMPLETED', 'statusDone'],
  ['CANCELLED', 'statusCancelled'],
] as const satisfies readonly (readonly [string, Parameters<typeof t>[0]])[];

interface Stateful {
  readonly status: string | null;
}

export const isDone = ({ status }: Stateful): boolean => status === 'COMPLETED' || status === 'CANCELLED';

/** What the list shows: one state, all, or with `todo` what is still to be done. */
export const isShown = (task: Stateful, filter: string): boolean => {
  if (filter === 'todo') return !isDone(task);
  return filter === 'all' || (task.status ?? 'NEEDS-ACTION') === filter;
};
