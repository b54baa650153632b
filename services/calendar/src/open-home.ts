import {
  collectionStream,
  type Command,
  type CommandBody,
  type Commit,
  homeStream,
  type NewHome,
  type PrincipalAdded,
  principalId,
  type ServiceName,
  type StreamName,
  segment,
  tenantId,
} from '@almanac/contracts';
import { stepHeader } from './step-header.js';

/** A new user gets a home with a default calendar and a default tasks folder (N1). */
export function openHome(commit: Commit, user: PrincipalAdded, home: NewHome): Command[] {
  const tenant = tenantId(commit.stream);
  const owner = principalId(user.id);
  const { defaultCalendar: calendar, defaultTasks: tasks, profile, rulesOff = [] } = home;
  const command = (step: string, service: ServiceName, stream: StreamName, body: CommandBody): Command => ({
    ...stepHeader(commit, step),
    service,
    stream,
    body,
  });
  const folder = { type: 'CreateCollection', profile, rulesOff } as const;
  return [
    command('home', 'calendar', homeStream(tenant, owner), {
      type: 'CreateHome',
      defaultCalendar: calendar.segment,
      defaultTasks: tasks.segment,
    }),
    command('calendar', 'calendar', collectionStream(tenant, owner, segment(calendar.segment)), {
      ...folder,
      epoch: calendar.epoch,
      owner: 'calendar',
      components: ['VEVENT'],
      role: 'default-calendar',
      properties: { '{DAV:}displayname': { text: calendar.name } },
    }),
    command('tasks', 'tasks', collectionStream(tenant, owner, segment(tasks.segment)), {
      ...folder,
      epoch: tasks.epoch,
      owner: 'tasks',
      components: ['VTODO'],
      role: 'default-tasks',
      properties: { '{DAV:}displayname': { text: tasks.name } },
    }),
  ];
}
