import 'reflect-metadata';
import { runOwner } from '@almanac/distributed-host';
import { CALENDAR_COMMANDS, CALENDAR_PROCESSES, CalendarModule } from './calendar.module.js';

/** One replica of the calendar service. */
await runOwner({
  service: 'calendar',
  module: CalendarModule,
  commands: CALENDAR_COMMANDS,
  processes: { token: CALENDAR_PROCESSES, follow: ['calendar', 'directory'] },
});
