import {
  type CollectionRecord,
  type Command,
  type Commit,
  type DomainEvent,
  homeStream,
  type PrincipalRecord,
  principalId,
  profileOf,
  streamName,
  type TenantRecord,
  tenantId,
} from '@almanac/contracts';
import type { ProcessManager } from '@almanac/event-sourcing';
import type { CollectionReader, PrincipalReader, TenantReader } from '@almanac/ports';
import { stepHeader } from './step-header.js';

export interface ProfilePorts {
  readonly tenants: TenantReader;
  readonly principals: PrincipalReader;
  readonly collections: CollectionReader;
}

/** The collections of a tenant, or of one user, get the profile and the rules that were set for it. */
export function profilesProcess(ports: ProfilePorts): ProcessManager {
  return {
    name: 'calendar.profiles',
    types: new Set(['TenantChanged', 'PrincipalChanged']),
    async react(commit, execute) {
      for (const event of commit.events) {
        for await (const command of commandsFor(event, commit, ports)) await execute(command);
      }
    },
  };
}

async function* commandsFor(event: DomainEvent, commit: Commit, ports: ProfilePorts): AsyncGenerator<Command> {
  if (event.type === 'TenantChanged' && concernsProfile(event.changes)) {
    const known = await ports.tenants.tenant(tenantId(event.id));
    // The read model may not show this commit yet.
    const tenant = known === null ? null : { ...known, ...event.changes };
    for (const user of await ports.principals.principals(tenantId(event.id))) {
      if (tenant !== null && user.kind === 'user') yield* homeCommands(commit, { tenant, user }, ports);
    }
  }
  if (event.type === 'PrincipalChanged' && concernsProfile(event.changes)) {
    const id = tenantId(commit.stream);
    const [tenant, known] = await Promise.all([ports.tenants.tenant(id), ports.principals.principal(id, event.id)]);
    if (tenant === null || known === null) return;
    yield* homeCommands(commit, { tenant, user: { ...known, ...event.changes } }, ports);
  }
}

const concernsProfile = (changes: object): boolean => 'profile' in changes || 'rulesOff' in changes;

interface Owner {
  readonly tenant: TenantRecord;
  readonly user: PrincipalRecord;
}

async function* homeCommands(
  commit: Commit,
  { tenant, user }: Owner,
  { collections }: ProfilePorts,
): AsyncGenerator<Command> {
  const settings = profileOf(tenant, user);
  for (const collection of await collections.collectionsOf(homeStream(tenantId(tenant.id), principalId(user.id)))) {
    yield changeOf(commit, collection, settings);
  }
}

const changeOf = (
  commit: Commit,
  { stream, owner, home, segment }: CollectionRecord,
  settings: ReturnType<typeof profileOf>,
): Command => ({
  ...stepHeader(commit, `profile.${home}.${segment}`),
  service: owner,
  stream: streamName(stream),
  body: { type: 'ChangeProfile', ...settings },
});
