import 'reflect-metadata';
import { runOwner } from '@almanac/distributed-host';
import { TASKS_COMMANDS, TASKS_PROCESSES, TasksModule } from './tasks.module.js';

/** One replica of the tasks service. */
await runOwner({
  service: 'tasks',
  module: TasksModule,
  commands: TASKS_COMMANDS,
  processes: { token: TASKS_PROCESSES, follow: ['tasks'] },
});
