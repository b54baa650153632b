import { expect, it } from 'vitest';
import { sortTasks } from './sort-tasks.js';

const task = (title: string, due: string | null, priority: number | null = null, status: string | null = null) => ({
  ...{ title, priority, status, end: due === null ? null : { local: due, zone: null } },
});

it('open ones by due day, priority and name; done ones last', () => {
  const tasks = [
    task('never', null),
    task('done', '2026-01-01', 1, 'COMPLETED'),
    task('later', '2026-02-01'),
    task('b', '2026-01-02', 0),
    task('a', '2026-01-02'),
    task('urgent', '2026-01-02', 1),
  ];
  expect(sortTasks(tasks).map(({ title }) => title)).toEqual(['urgent', 'a', 'b', 'later', 'never', 'done']);
});
