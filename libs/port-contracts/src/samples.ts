import {
  type Command,
  type CommandBody,
  type Commit,
  commandId,
  type DomainEvent,
  type StreamName,
  streamName,
} from '@almanac/contracts';

export const stream = streamName('example/ada/work');
export const otherStream = streamName('example/ada/play');

/** A commit as small as they come; the suite's own fields go over it. */
export const commit = (version: number, changes: Partial<Commit> = {}): Commit => ({
  stream,
  version,
  events: [{ type: 'CollectionDeleted', schema: 1 }],
  commandId: commandId(`command-${version}`),
  actor: 'ada',
  at: 1_700_000_000_000 + version,
  outcome: { version },
  ...changes,
});

export const created = (epoch = 'e1'): DomainEvent => ({
  type: 'CollectionCreated',
  schema: 1,
  epoch,
  owner: 'calendar',
  components: ['VEVENT'],
  role: null,
  profile: 'standard',
  properties: {},
});

export const command = (id: string, body: CommandBody, to: StreamName = stream): Command => ({
  commandId: commandId(id),
  service: 'calendar',
  stream: to,
  actor: 'ada',
  at: 1_700_000_000_000,
  notAfter: Number.MAX_SAFE_INTEGER,
  body,
});

export const facts = (uid: string, start = 1_800_000_000, end = start + 3600) => ({
  uid,
  component: 'VEVENT' as const,
  recurring: false,
  start,
  end,
  clock: 'utc' as const,
  busy: 'BUSY' as const,
  alarms: false,
});
